using System.Globalization;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Interop;

/// <summary>An archive with an entry and an offset beyond 4 GiB as other people's programs see it.</summary>
public sealed class HugeInteropTests(HugeArchive made) : IClassFixture<HugeArchive>
{
    private readonly InteropArchive _archive = made.Archive;

    [Fact]
    public async Task Unzip_tests_it() => await Tool.RunAsync("unzip", "-tqq", _archive.Path);

    [Fact]
    public async Task SevenZip_tests_it() => Assert.Contains("Everything is Ok", await Tool.LinesAsync("7z", "t", _archive.Path));

    [Fact]
    public async Task Bsdtar_lists_it_by_its_directory() =>
        Assert.Equal(_archive.Names, await Tool.LinesAsync("bsdtar", "-tf", _archive.Path));

    [Fact]
    public async Task Bsdtar_extracts_what_is_behind_the_huge_entry_from_a_pipe() =>
        Assert.Equal(
            Some.Bytes(HugeArchive.SmallSize),
            await Tool.RunAsync("sh", "-c", "cat \"$1\" | bsdtar -xOf - \"$2\"", "sh", _archive.Path, _archive.Entries[^1].Name));

    [Fact]
    public async Task Python_lists_it() =>
        Assert.Equal(
            _archive.Entries.Select(static entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Size} {entry.Crc} {entry.Name}")),
            await Tool.LinesAsync("python3", "-c", InteropTests.PythonListing, _archive.Path));

    [Fact]
    public async Task Jar_lists_it_where_there_is_a_java()
    {
        if (Tool.Exists("jar"))
            Assert.Equal(_archive.Names, await Tool.LinesAsync("jar", "-J-Dstdout.encoding=UTF-8", "-tf", _archive.Path));
    }

    [Fact]
    public void The_executor_s_checksum_is_that_of_the_file() => Assert.Equal(Checksum(_archive.Path), made.Crc);

    private static uint Checksum(string path)
    {
        using var file = File.OpenRead(path);
        var crc = new System.IO.Hashing.Crc32();
        crc.Append(file);
        return crc.GetCurrentHashAsUInt32();
    }
}
