using System.Globalization;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Interop;

/// <summary>Archives as other people's programs see them.</summary>
public sealed class InteropTests(InteropArchives archives) : IClassFixture<InteropArchives>
{
    [Theory]
    [MemberData(nameof(InteropArchives.Kinds), MemberType = typeof(InteropArchives))]
    public async Task Unzip_tests_it(string kind)
    {
        var archive = await archives.GetAsync(kind);

        await Tool.RunAsync("unzip", "-tqq", archive.Path);

        Assert.Equal(archive.Names, await Tool.LinesAsync("unzip", "-Z1", archive.Path));
    }

    [Theory]
    [MemberData(nameof(InteropArchives.Kinds), MemberType = typeof(InteropArchives))]
    public async Task SevenZip_tests_it(string kind)
    {
        var archive = await archives.GetAsync(kind);

        var lines = await Tool.LinesAsync("7z", "t", archive.Path);

        Assert.Contains("Everything is Ok", lines);
        Assert.DoesNotContain(lines, static line => line.Contains("arning", StringComparison.Ordinal));
        if (archive.Entries.Count > 1)
            Assert.Contains($"Files: {archive.Entries.Count}", lines);
    }

    [Theory]
    [MemberData(nameof(InteropArchives.Kinds), MemberType = typeof(InteropArchives))]
    public async Task Bsdtar_lists_it_by_its_directory(string kind)
    {
        var archive = await archives.GetAsync(kind);

        Assert.Equal(archive.AsTheyStand.Select(static entry => entry.Name), await Tool.LinesAsync("bsdtar", "-tf", archive.Path));
    }

    [Theory]
    [MemberData(nameof(InteropArchives.Kinds), MemberType = typeof(InteropArchives))]
    public async Task Bsdtar_lists_it_from_a_pipe(string kind)
    {
        var archive = await archives.GetAsync(kind);

        // Name last: mode, links, owner, group, size, date.
        var lines = await Tool.LinesAsync("sh", "-c", "cat \"$1\" | bsdtar --numeric-owner -tvf -", "sh", archive.Path);

        Assert.Equal(archive.AsTheyStand.Select(static entry => $"{entry.Size} {entry.Name}"), lines.Select(Listed));
    }

    [Theory]
    [MemberData(nameof(InteropArchives.Kinds), MemberType = typeof(InteropArchives))]
    public async Task Bsdtar_extracts_it_from_a_pipe(string kind)
    {
        var archive = await archives.GetAsync(kind);

        var content = await Tool.RunAsync("sh", "-c", "cat \"$1\" | bsdtar -xOf -", "sh", archive.Path);

        Assert.Equal(archive.AsTheyStand.SelectMany(entry => archive.ContentOf((int)entry.Size)).ToArray(), content);
    }

    [Theory]
    [MemberData(nameof(InteropArchives.Kinds), MemberType = typeof(InteropArchives))]
    public async Task Python_tests_it(string kind)
    {
        var archive = await archives.GetAsync(kind);

        Assert.Equal(
            archive.Entries.Select(static entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Size} {entry.Crc} {entry.Name}")),
            await Tool.LinesAsync("python3", "-c", PythonListing, archive.Path));
    }

    [Theory]
    [MemberData(nameof(InteropArchives.Kinds), MemberType = typeof(InteropArchives))]
    public async Task Jar_lists_it_where_there_is_a_java(string kind)
    {
        var archive = await archives.GetAsync(kind);
        // The one tool that tests/endpoints/install.sh does not bring.
        if (!Tool.Exists("jar"))
            return;

        Assert.Equal(archive.Names, await Tool.LinesAsync("jar", "-J-Dstdout.encoding=UTF-8", "-tf", archive.Path));
    }

    // What `python3 -m zipfile -t` does, and a listing.
    internal const string PythonListing =
        """
        import sys, zipfile
        sys.stdout.reconfigure(encoding="utf-8")
        archive = zipfile.ZipFile(sys.argv[1])
        assert archive.testzip() is None, archive.testzip()
        for entry in archive.infolist():
            print(entry.file_size, entry.CRC, entry.filename)
        """;

    private static string Listed(string line)
    {
        var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var name = line[(line.IndexOf(columns[7], line.IndexOf(columns[6], StringComparison.Ordinal), StringComparison.Ordinal) + columns[7].Length + 1)..];
        return $"{columns[4]} {name}";
    }
}
