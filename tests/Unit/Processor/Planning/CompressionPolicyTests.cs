using Archiver.Processor.Planning;
using Archiver.Programs.Settings;

namespace Archiver.Tests.Processor.Planning;

public sealed class CompressionPolicyTests
{
    [Theory]
    [InlineData("a.jpg", null, false)]
    [InlineData("a.JPG", null, false)]
    [InlineData("a.mp4", "text/plain", false)]
    [InlineData("a.docx", null, false)]
    [InlineData("a.txt", null, true)]
    [InlineData("a.txt", "image/jpeg", true)]
    [InlineData("a.csv", null, true)]
    [InlineData("a", null, true)]
    [InlineData("a.unknown", "image/jpeg", false)]
    [InlineData("a.unknown", "Image/JPEG", false)]
    [InlineData("a.unknown", "video/quicktime", false)]
    [InlineData("a.unknown", "text/plain", true)]
    [InlineData("a.unknown", "binary/octet-stream", true)]
    [InlineData("folder.jpg/a", null, true)]
    public void Auto_decides_by_extension_and_then_by_content_type(string name, string? contentType, bool compressed) =>
        Assert.Equal(compressed, CompressionPolicy.IsCompressed(Compression.Auto, name, 100, contentType));

    [Theory]
    [InlineData(Compression.Store, 100, false)]
    [InlineData(Compression.Deflate, 100, true)]
    [InlineData(Compression.Store, 0, false)]
    [InlineData(Compression.Deflate, 0, false)]
    [InlineData(Compression.Auto, 0, false)]
    public void The_other_settings_ask_nobody_and_empty_entries_are_stored(Compression compression, long size, bool compressed) =>
        Assert.Equal(compressed, CompressionPolicy.IsCompressed(compression, "a.txt", size, null));
}
