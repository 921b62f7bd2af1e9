using System.Security.Cryptography;
using Archiver.Contract.Messages;
using Archiver.Processor.Commands;
using Archiver.Processor.Costs;
using Archiver.Processor.Parts;
using Archiver.Processor.Reporting;
using Archiver.Processor.Stores;
using Archiver.Processor.Stores.Folders;
using Archiver.Processor.Transfer;
using Archiver.Programs.Settings;
using Archiver.Tests.Support;
using Serilog.Core;

namespace Archiver.Tests.Processor;

/// <summary>
/// Archives of fixed sources, and their SHA-256 as recorded: the key of an archive promises these bytes, and a request that is made again
/// finds it by that key. Compressed ones depend on the runtime's zlib as well. Whoever changes the bytes on purpose also changes
/// <c>ArchiveKey.Format</c>.
/// </summary>
public sealed class RecordedArchivesTests : IDisposable
{
    private const string Whole = """{"aipid":"p"}""";
    private const long Modified = 1_717_079_362;

    private readonly TempFolder _folder = new();

    public static TheoryData<string, string, string, int, string> FolderArchives { get; } = new()
    {
        { "one file", "store", Whole, 1, "df57ede9428e3cf90339407f0c274c1941bdd2885f33b58e5abd4143efe55c7b" },
        { "many small files", "store", Whole, 1_500, "f4fabc39964c0bd0ff80d0303e9b4122bdfed5e9e181a0b94ec8b70f6b49ce93" },
        { "many small files", "deflate", Whole, 1_500, "0eae87fce4e0a3323c62ee863f398cf7fcf22a34566c715812242e6f2e4e1bf2" },
        { "mixed", "store", Whole, 9, "74eba2e79ccd1b4234b5540152abdb93e48ca7f8114fb16dbbf39daf80366fe0" },
        { "mixed", "deflate", Whole, 9, "662200940ca8de1d6f22dfef386f5b129f1f615038ce3f21b9b498deda1c4256" },
        { "mixed", "auto", Whole, 9, "b92c6d00b8d743b2eee11399da0d53daa17f62ad3de1042e4317417ae78cfb95" },
        {
            "mixed", "store",
            """
            {"aipid":"p","files":[{"source":"p/ä.txt","destination":"album/"},{"source":"p/ä.txt","destination":"album"},
            {"source":"p/empty","destination":"album/ä.txt"},{"source":"p/日本/出.png"}]}
            """,
            4, "71f5a7db947569a897d18f1d7ee17b39ac6ef51281dc2e5dab8ff315af2cab85"
        },
    };

    public static TheoryData<string, string, string, int, int, string> BucketArchives { get; } = new()
    {
        { "one object", "store", "carry", 1, 0, "df57ede9428e3cf90339407f0c274c1941bdd2885f33b58e5abd4143efe55c7b" },
        { "no content", "store", "carry", 1, 0, "05742409566d21e87e3b3e011ab16de96c7b218e876bb150f16cc4d96ae54f76" },
        { "65,600 objects", "store", "carry", 2, 0, "f92fabfff920636745b4716c8e7c31d559831ac7734f4a0452d41048edd28f3a" },
        { "65,600 objects", "deflate", "carry", 2, 0, "f92fabfff920636745b4716c8e7c31d559831ac7734f4a0452d41048edd28f3a" },
        { "large among small", "store", "carry", 6, 0, "db944a3a90e7930c80707325b2226db19565f3db8d417df55a5d0807506a689c" },
        { "large among small", "store", "copy", 5, 2, "db944a3a90e7930c80707325b2226db19565f3db8d417df55a5d0807506a689c" },
        { "beyond 4 GiB", "store", "copy", 67, 64, "1f57424ab055389d9bf6c900d1c563f18767143b2191ab17a6831cbd5faeeaec" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(FolderArchives))]
    public async Task An_archive_of_files_has_the_bytes_that_were_recorded(
        string sources, string compression, string request, int entries, string sha256)
    {
        foreach (var (name, content) in FilesOf(sources))
            File.SetLastWriteTimeUtc(_folder.Write($"source/p/{name}", content), DateTime.UnixEpoch.AddSeconds(Modified + content.Length));
        var settings = SettingsOf(new StoreLocation(StoreScheme.File, "", _folder["source"]), compression, "auto");

        var archive = await RunAsync(settings, new FolderStores(settings).Sources, new FolderArchives(_folder["archives"]), request);

        var bytes = await File.ReadAllBytesAsync(new Uri(archive.Uri).LocalPath, TestContext.Current.CancellationToken);
        Assert.Equal((entries, sha256), ((int)archive.Files, Convert.ToHexStringLower(SHA256.HashData(bytes))));
    }

    [Theory]
    [MemberData(nameof(BucketArchives))]
    public async Task An_archive_of_objects_has_the_bytes_that_were_recorded(
        string sources, string compression, string assembly, int parts, int copied, string sha256)
    {
        var source = SourceOf(sources);
        var archives = new HashedArchives(PartLimits.S3 with { Preferred = 5 << 20 }, assembly == "copy" ? source : null);

        await RunAsync(SettingsOf(new StoreLocation(StoreScheme.S3, "sources", ""), compression, assembly), source, archives, Whole);

        Assert.Equal((parts, copied, sha256), (archives.Parts.All, archives.Parts.Copied, archives.Sha256));
    }

    private static IEnumerable<(string Name, byte[] Content)> FilesOf(string sources) => sources switch
    {
        "one file" => [("only.bin", Some.Bytes(12_345))],
        "many small files" => Enumerable.Range(0, 1_500).Select(static i =>
            ($"folder {i % 10}/file-{i}.txt", i % 7 == 0 ? Some.Bytes(i, seed: i) : Some.Text(i))),
        "mixed" =>
        [
            ("empty", []), ("ä.txt", Some.Text(10)), ("日本/出.png", Some.Bytes(2_000)),
            ("🌋/noise.bin", Some.Bytes(2_500_000)), ("some/text.txt", Some.Text(3_000_000)), ("some/block.txt", Some.Text(1 << 20)),
            ("with space (1).jpg", Some.Text(5_000)), ("e\u0301.csv", Some.Text(70_000)), ("last/empty.txt", []),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(sources), sources, null),
    };

    private static MemorySource SourceOf(string sources) => sources switch
    {
        "one object" => Of(("only.bin", Some.Bytes(12_345))),
        "no content" => Of(("a", []), ("b/ä", [])),
        "65,600 objects" => Of([.. Enumerable.Range(0, 65_600).Select(static i => ($"{i:d5}", "xx"u8[..(i % 3)].ToArray()))]),
        "large among small" => Of(
            ("a.bin", Some.Bytes(12_000_000)), ("b.bin", Some.Bytes(3_000_000)), ("c.bin", Some.Bytes(6_000_000)),
            ("d.bin", Some.Bytes(9_000_000)), ("e.bin", Some.Bytes(100)), ("f.bin", [])),
        "beyond 4 GiB" => Of(("first.txt", Some.Text(1_234)), ("small.txt", Some.Text(77)))
            .WithZeros(Some.Address("sources", "p/huge.bin"), (1L << 32) + 1)
            .WithZeros(Some.Address("sources", "p/huger.bin"), (1L << 32) + 7),
        _ => throw new ArgumentOutOfRangeException(nameof(sources), sources, null),
    };

    private static MemorySource Of(params (string Name, byte[] Content)[] objects)
    {
        var source = new MemorySource();
        foreach (var (name, content) in objects)
            source.With(Some.Address("sources", $"p/{name}"), content, modified: Modified + content.Length);
        return source;
    }

    private static ArchiveSettings SettingsOf(StoreLocation source, string compression, string assembly) =>
        new() { Source = source, Destination = source, Compression = Enum.Parse<Compression>(compression, ignoreCase: true), Assembly = Enum.Parse<AssemblyMode>(assembly, ignoreCase: true) };

    private static async Task<ArchiveDescription> RunAsync(
        ArchiveSettings settings, ISourceStore sources, IArchiveStore archives, string request)
    {
        var phases = new JobPhases(new JobProgress(Logger.None, null, TimeProvider.System));
        var costs = new CostModel(100 << 20, 8, crossesRegions: false);
        var builder = new ArchiveBuilder(sources, archives, settings, costs, phases, Logger.None);
        var job = new ArchiveJob(settings, sources, archives, builder, phases, TimeProvider.System, Logger.None);
        var result = await job.RunAsync(RequestReader.Parse(request), "p", DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken);
        return result.Archive!;
    }
}
