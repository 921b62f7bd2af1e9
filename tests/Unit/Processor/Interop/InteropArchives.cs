using System.Collections.Concurrent;
using System.IO.Hashing;
using Archiver.Processor.Packaging.Zip;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Interop;

/// <summary>Archives of every kind, each made when it is first asked for.</summary>
public sealed class InteropArchives : IDisposable
{
    public const string Small = "small";
    public const string OneEntry = "one entry";
    public const string Unicode = "unicode names";
    public const string EmptyContent = "entries without content";
    public const string OnlyEmptyContent = "nothing but entries without content";
    public const string Compressed = "compressed entries";
    public const string Moved = "entries that stand in another order";
    public const string CountOfTheMarker = "65,535 entries";
    public const string CountBeyondZip64 = "70,000 entries";

    private readonly TempFolder _folder = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<InteropArchive>>> _made = [];

    public static TheoryData<string> Kinds { get; } =
        [Small, OneEntry, Unicode, EmptyContent, OnlyEmptyContent, Compressed, Moved, CountOfTheMarker, CountBeyondZip64];

    public Task<InteropArchive> GetAsync(string kind) =>
        _made.GetOrAdd(kind, static (kind, self) => new Lazy<Task<InteropArchive>>(() => self.MakeAsync(kind)), this).Value;

    public void Dispose() => _folder.Dispose();

    private async Task<InteropArchive> MakeAsync(string kind)
    {
        Func<int, byte[]> contentOf = kind == Compressed ? Some.Text : static size => Some.Bytes(size);
        var contents = Contents(kind).ToList();
        var files = contents.Select(static content => content.File).Distinct().ToDictionary(
            static size => size, size => (Path: _folder.Write($"{kind}/{size}.bin", contentOf(size)), Crc: Crc32.HashToUInt32(contentOf(size))));
        var plan = await FolderArchiving.PlanAsync(contents.Select(content => (content.Name, files[content.File].Path)));
        var path = kind == Compressed
            ? await FolderArchiving.CompressAsync(plan, _folder.Path, $"{kind}.zip")
            : (await FolderArchiving.ArchiveAsync(plan, _folder.Path, $"{kind}.zip")).Path;
        ExpectedEntry[] expected = [.. contents.Select(content => new ExpectedEntry(content.Name, content.File, files[content.File].Crc))];
        var order = kind == Compressed ? Enumerable.Range(0, expected.Length) : new ZipLayout(plan).EntriesFrom(0);
        return new InteropArchive(path, expected, contentOf) { AsTheyStand = [.. order.Select(i => expected[i])] };
    }

    private static IEnumerable<(string Name, int File)> Contents(string kind) => kind switch
    {
        Small => [("a.txt", 10), ("folder/b with spaces.bin", 3_000_000), ("folder/deeper/c", 70_000), ("folder/d (2).jpg", 1)],
        OneEntry => [("only.bin", 12_345)],
        Unicode => [("Sonnenaufgang über Köln (日本の出).png", 500), ("Ελλάδα/שלום.txt", 5), ("🌋/👩‍👩‍👧.jpg", 7), ("é.txt", 11)],
        EmptyContent => [("empty first", 0), ("full", 100), ("folder/empty", 0), ("more", 200), ("empty last", 0)],
        OnlyEmptyContent => [("a", 0), ("b", 0)],
        Compressed => [("a.txt", 3_500_000), ("ä/empty.txt", 0), ("tiny.txt", 3), ("block.txt", 1 << 20), ("last.txt", 77_777)],
        Moved => [("a.bin", 12_000_000), ("b.bin", 3_000_000), ("c.bin", 6_000_000), ("d.bin", 20_000_000), ("e.bin", 100), ("f.bin", 0), ("g.bin", 5_000_000)],
        CountOfTheMarker => Many(65_535),
        CountBeyondZip64 => Many(70_000),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static IEnumerable<(string, int)> Many(int count) =>
        Enumerable.Range(0, count).Select(static i => ($"folder {i % 100}/entry-{i}.dat", i % 30));
}
