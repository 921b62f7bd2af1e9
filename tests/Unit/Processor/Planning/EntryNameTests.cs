using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Processor.Planning;
using FsCheck.Xunit;

namespace Archiver.Tests.Processor.Planning;

public sealed class EntryNameTests
{
    [Theory]
    [InlineData("a.jpg", null, "a.jpg")]
    [InlineData("photos/2024/a.jpg", null, "a.jpg")]
    [InlineData("photos/a.jpg", "", "a.jpg")]
    [InlineData("s3://bucket/photos/a.jpg", null, "a.jpg")]
    [InlineData("file:///photos/a.jpg", null, "a.jpg")]
    [InlineData("photos/a.jpg", "album_1", "album_1/a.jpg")]
    [InlineData("photos/a.jpg", "album_1/", "album_1/a.jpg")]
    [InlineData("photos/a.jpg", "albums/1", "albums/1/a.jpg")]
    [InlineData("photos/a.jpg", "album.2024/", "album.2024/a.jpg")]
    [InlineData("photos/a.jpg", "album.2024/1", "album.2024/1/a.jpg")]
    [InlineData("photos/a.jpg", "b.jpg", "b.jpg")]
    [InlineData("photos/a.jpg", "album/b.png", "album/b.png")]
    [InlineData("photos/a.jpg", ".hidden", ".hidden/a.jpg")]
    [InlineData("photos/a.jpg", "..hidden", "..hidden/a.jpg")]
    [InlineData("photos/a.jpg", ".hidden.txt", ".hidden.txt")]
    [InlineData("photos/a.jpg", "v1.", "v1.")]
    [InlineData("photos/ä ö.jpg", "日本", "日本/ä ö.jpg")]
    [InlineData("a", "b", "b/a")]
    public void A_name_comes_from_the_destination_or_the_source(string source, string? destination, string name) =>
        Assert.Equal(name, EntryName.For(new RequestedFile(source, destination)));

    [Theory]
    [InlineData("/etc/passwd", "absolute")]
    [InlineData("../x.txt", "\"..\"")]
    [InlineData("a/../x.txt", "\"..\"")]
    [InlineData("a/..", "\"..\"")]
    [InlineData("./x.txt", "\".\"")]
    [InlineData("a//x.txt", "empty segment")]
    [InlineData("a/", "empty segment")]
    [InlineData("", "empty")]
    [InlineData("C:x.txt", "drive")]
    [InlineData("c:/x.txt", "drive")]
    [InlineData("a\\x.txt", "backslash")]
    [InlineData("..\\x.txt", "backslash")]
    [InlineData("a\nb.txt", "control")]
    [InlineData("a\0.txt", "control")]
    [InlineData("a\u007f.txt", "control")]
    [InlineData("a\u0085.txt", "control")]
    public void A_name_that_could_do_harm_is_exit_code_65(string name, string words)
    {
        var error = Assert.Throws<ArchiverException>(() => EntryName.Checked(name));

        Assert.Equal(ExitCode.DataError, error.ExitCode);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Theory]
    [InlineData(0x00AD)]
    [InlineData(0x061C)]
    [InlineData(0x200B)]
    [InlineData(0x200E)]
    [InlineData(0x200F)]
    [InlineData(0x2028)]
    [InlineData(0x2029)]
    [InlineData(0x202A)]
    [InlineData(0x202E)]
    [InlineData(0x2060)]
    [InlineData(0x2066)]
    [InlineData(0x2069)]
    [InlineData(0xFEFF)]
    [InlineData(0xFFF9)]
    [InlineData(0xE0001)]
    public void A_character_that_hides_what_the_name_is_is_exit_code_65_and_named(int character)
    {
        var text = char.ConvertFromUtf32(character);

        var error = Assert.Throws<ArchiverException>(() => EntryName.Checked($"invoice{text}fdp.exe"));

        Assert.Equal(ExitCode.DataError, error.ExitCode);
        Assert.Contains($"U+{character:X4}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(text, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("نامه\u200Cها.txt")]
    [InlineData("👩\u200D🚀.png")]
    [InlineData("🏴\U000E0067\U000E0062\U000E007F.png")]
    [InlineData("\u0600١٢.txt")]
    [InlineData("a\u00A0b\u202Fc.png")]
    public void Characters_that_words_and_emoji_are_written_with_stay(string name) => Assert.Equal(name, EntryName.Checked(name));

    [Fact]
    public void A_name_has_at_most_1_000_segments()
    {
        Assert.NotNull(EntryName.Checked(string.Join('/', Enumerable.Repeat("a", 1_000))));
        Assert.Contains("1000 segments", Assert.Throws<ArchiverException>(static () => EntryName.Checked(string.Join('/', Enumerable.Repeat("a", 1_001)))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("photos/", null)]
    [InlineData("photos/a.jpg", "/album")]
    [InlineData("photos/a.jpg", "/")]
    [InlineData("photos/a.jpg", "..")]
    [InlineData("photos/a.jpg", "../album/")]
    [InlineData("photos/..", null)]
    [InlineData("photos/a\\b.jpg", "album")]
    [InlineData("photos/a.jpg", "C:/album")]
    public void Sources_and_destinations_that_would_give_one_are_refused(string source, string? destination) =>
        Assert.Equal(
            ExitCode.DataError, Assert.Throws<ArchiverException>(() => EntryName.For(new RequestedFile(source, destination))).ExitCode);

    [Fact]
    public void Half_a_character_is_refused() =>
        Assert.Contains(
            "Unicode", Assert.Throws<ArchiverException>(static () => EntryName.Checked("a" + '\uD800')).Message, StringComparison.Ordinal);

    [Fact]
    public void A_name_has_at_most_65_452_bytes()
    {
        Assert.NotNull(EntryName.Checked(new string('ä', 32_726)));
        Assert.Contains("longer", Assert.Throws<ArchiverException>(static () => EntryName.Checked(new string('ä', 32_727))).Message, StringComparison.Ordinal);
    }

    [Property(MaxTest = 2_000)]
    public void No_name_leads_out_of_the_folder_that_it_is_unzipped_in(string? source, string? destination)
    {
        string name;
        try
        {
            name = EntryName.For(new RequestedFile(source ?? "", destination));
        }
        catch (ArchiverException error)
        {
            Assert.Equal(ExitCode.DataError, error.ExitCode);
            return;
        }

        Assert.StartsWith("/unzipped/", Path.GetFullPath(Path.Combine("/unzipped", name)), StringComparison.Ordinal);
        Assert.DoesNotContain(name, static c => char.IsControl(c) || c == '\\');
        Assert.All(name.Split('/'), static segment => Assert.False(segment is "" or "." or ".."));
    }
}
