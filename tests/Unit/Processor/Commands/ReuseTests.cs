using Archiver.Contract;
using Archiver.Contract.Boundary;
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
using Serilog.Events;

namespace Archiver.Tests.Processor.Commands;

/// <summary>The same request again, when something stands where its archive should be.</summary>
public sealed class ReuseTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly EventSink _events = new();

    public ReuseTests()
    {
        _folder.Write("source/p/empty", "");
        _folder.Write("source/p/noise.bin", Some.Bytes(2_500_000));
        _folder.Write("source/p/some/text.txt", Some.Text(3_000_000));
        _folder.Write("source/p/ä.txt", Some.Text(10));
    }

    public static TheoryData<Compression> Ways { get; } = [Compression.Store, Compression.Deflate, Compression.Auto];

    /// <summary>Every way, and a place: bytes from the archive's begin, or from its end.</summary>
    public static TheoryData<Compression, int> Places { get; } =
    [
        .. from way in new[] { Compression.Store, Compression.Deflate }
           from place in new[] { 0, 14, 40, 120_000, 1_000_000, 2_500_600, -700_000, -330, -200, -90, -30, -10, -2 }
           select new TheoryDataRow<Compression, int>(way, place),
    ];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task An_archive_that_is_whole_is_found_and_told_with_its_checksum(Compression compression)
    {
        var first = await RunAsync(compression);
        var written = File.GetLastWriteTimeUtc(PathOf(first));

        var again = await RunAsync(compression);

        Assert.Equal((false, true), (first.Reused, again.Reused));
        Assert.Equal((first.Uri, first.Bytes, written), (again.Uri, again.Bytes, File.GetLastWriteTimeUtc(PathOf(first))));
        if (compression == Compression.Store)
            Assert.Equal(first.Crc, again.Crc);
        Assert.DoesNotContain(_events.Events, static line => line.Level >= LogEventLevel.Warning);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task An_archive_of_which_four_bytes_are_others_is_made_again(Compression compression, int place)
    {
        var first = await RunAsync(compression);
        var whole = await File.ReadAllBytesAsync(PathOf(first), TestContext.Current.CancellationToken);
        var damaged = whole.ToArray();
        foreach (ref var value in damaged.AsSpan((place + damaged.Length) % damaged.Length).Slice(0, Math.Min(4, place < 0 ? -place : 4)))
            value ^= 0x5A;
        var time = File.GetLastWriteTimeUtc(PathOf(first));
        await File.WriteAllBytesAsync(PathOf(first), damaged, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(PathOf(first), time);

        await IsMadeAgainAsync(compression, first, whole);
    }

    [Theory]
    [InlineData(Compression.Store, 7)]
    [InlineData(Compression.Deflate, 7)]
    [InlineData(Compression.Deflate, 0)]
    [InlineData(Compression.Store, 5_502_000)]
    [InlineData(Compression.Deflate, 3_000_000)]
    public async Task Something_else_in_its_place_is_replaced(Compression compression, int size)
    {
        var first = await RunAsync(compression);
        var whole = await File.ReadAllBytesAsync(PathOf(first), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(PathOf(first), Some.Bytes(size), TestContext.Current.CancellationToken);

        await IsMadeAgainAsync(compression, first, whole);
    }

    [Theory]
    [InlineData(Compression.Store)]
    [InlineData(Compression.Deflate)]
    public async Task Junk_of_the_same_length_is_replaced(Compression compression)
    {
        var first = await RunAsync(compression);
        var whole = await File.ReadAllBytesAsync(PathOf(first), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(PathOf(first), Some.Bytes(whole.Length, seed: 9), TestContext.Current.CancellationToken);

        await IsMadeAgainAsync(compression, first, whole);
    }

    [Theory]
    [InlineData(Compression.Store)]
    [InlineData(Compression.Deflate)]
    public async Task A_whole_archive_of_other_files_is_replaced(Compression compression)
    {
        var first = await RunAsync(compression);
        var whole = await File.ReadAllBytesAsync(PathOf(first), TestContext.Current.CancellationToken);
        var other = await RunAsync(compression, """{"aipid":"p","filenames":["noise.bin","some/text.txt","ä.txt","empty"]}""");
        File.Copy(PathOf(other), PathOf(first), overwrite: true);

        await IsMadeAgainAsync(compression, first, whole);
    }

    [Fact]
    public async Task Where_the_store_has_a_checksum_on_record_only_the_directory_is_read()
    {
        var first = await RunAsync(Compression.Store);
        var archives = new RecordingStore(Archives()) { Crc = Convert.ToUInt32(first.Crc, 16) };

        var again = await RunAsync(Compression.Store, archives: archives);

        Assert.True(again.Reused);
        Assert.Equal(first.Crc, again.Crc);
        Assert.InRange(archives.BytesRead, 1, 1_000);
    }

    [Fact]
    public async Task A_checksum_on_record_that_is_another_is_no_proof()
    {
        var first = await RunAsync(Compression.Store);

        var again = await RunAsync(Compression.Store, archives: new RecordingStore(Archives()) { Crc = 0xBADC0DE });

        Assert.False(again.Reused);
        Assert.Equal(first.Crc, again.Crc);
    }

    [Fact]
    public async Task An_archive_that_may_not_be_read_is_made_again()
    {
        await RunAsync(Compression.Store);

        var again = await RunAsync(Compression.Store, archives: new RecordingStore(Archives()) { Denied = true });

        Assert.False(again.Reused);
    }

    [Fact]
    public async Task What_somebody_else_stored_meanwhile_is_looked_at_too()
    {
        var archives = new RecordingStore(Archives()) { Overtakes = _ => Some.Bytes(7) };

        var error = await Assert.ThrowsAsync<ArchiverException>(() => RunAsync(Compression.Store, archives: archives));

        Assert.Equal(ExitCode.TempFail, error.ExitCode);
    }

    [Fact]
    public async Task What_somebody_else_stored_meanwhile_is_taken_if_it_is_the_archive()
    {
        var whole = await File.ReadAllBytesAsync(PathOf(await RunAsync(Compression.Store)), TestContext.Current.CancellationToken);
        Directory.Delete(_folder["archives"], recursive: true);

        Assert.True((await RunAsync(Compression.Store, archives: new RecordingStore(Archives()) { Overtakes = _ => whole })).Reused);
    }

    private async Task IsMadeAgainAsync(Compression compression, ArchiveDescription first, byte[] whole)
    {
        var again = await RunAsync(compression);

        Assert.Equal((first.Uri, false), (again.Uri, again.Reused));
        Assert.Equal(whole, await File.ReadAllBytesAsync(PathOf(first), TestContext.Current.CancellationToken));
        var warning = Assert.Single(_events.Events, static line => line.Level >= LogEventLevel.Warning).RenderMessage();
        Assert.Contains("damaged or is another file", warning, StringComparison.Ordinal);
        Assert.True((await RunAsync(compression)).Reused);
    }

    private static string PathOf(ArchiveDescription archive) => new Uri(archive.Uri).LocalPath;

    private FolderArchives Archives() => new(_folder["archives"]);

    private async Task<ArchiveDescription> RunAsync(
        Compression compression, string payload = """{"aipid":"p"}""", IArchiveStore? archives = null)
    {
        var settings = new ArchiveSettings
        {
            Source = new StoreLocation(StoreScheme.File, "", _folder["source"]),
            Destination = new StoreLocation(StoreScheme.File, "", _folder["archives"]),
            Compression = compression,
        };
        using var log = _events.CreateLogger();
        var (sources, store) = (new FolderStores(settings).Sources, archives ?? Archives());
        var phases = new JobPhases(new JobProgress(log, null, TimeProvider.System));
        var builder = new ArchiveBuilder(sources, store, settings, new CostModel(100 << 20, 8, crossesRegions: false), phases, log);
        var job = new ArchiveJob(settings, sources, store, builder, phases, TimeProvider.System, log);
        return (await job.RunAsync(RequestReader.Parse(payload), "p", DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken)).Archive!;
    }

    /// <summary>Archives in a folder, of which more is known, or which cannot be read, or where somebody else is faster.</summary>
    private sealed class RecordingStore(FolderArchives archives) : IArchiveStore
    {
        private long _bytesRead;

        public uint? Crc { get; init; }

        public bool Denied { get; init; }

        public Func<string, byte[]>? Overtakes { get; init; }

        public long BytesRead => _bytesRead;

        public PartLimits Limits => archives.Limits;

        public string KeyOf(string archiveKey) => archives.KeyOf(archiveKey);

        public string UriOf(string archiveKey) => archives.UriOf(archiveKey);

        public async Task<StoredArchive?> FindAsync(string archiveKey, CancellationToken cancellationToken) =>
            await archives.FindAsync(archiveKey, cancellationToken) is { } found ? found with { Crc = Crc } : null;

        public Task ReadAsync(string archiveKey, StoredArchive found, long offset, Memory<byte> target, CancellationToken cancellationToken)
        {
            Interlocked.Add(ref _bytesRead, target.Length);
            return Denied
                ? Task.FromException(new ArchiverException(ExitCode.NoPermission, "denied"))
                : archives.ReadAsync(archiveKey, found, offset, target, cancellationToken);
        }

        public Task<string?> CheckAsync(CancellationToken cancellationToken) => archives.CheckAsync(cancellationToken);

        public async Task<IArchiveUpload> BeginAsync(string archiveKey, long? length, bool isOnePart, CancellationToken cancellationToken)
        {
            var upload = await archives.BeginAsync(archiveKey, length, isOnePart, cancellationToken);
            return Overtakes is null ? upload : new OvertakenUpload(upload, () => File.WriteAllBytes(new Uri(UriOf(archiveKey)).LocalPath, Overtakes(archiveKey)));
        }
    }

    private sealed class OvertakenUpload(IArchiveUpload upload, Action store) : IArchiveUpload
    {
        public Task WriteAsync(Part part, ReadOnlyMemory<byte> bytes, uint crc, CancellationToken cancellationToken) =>
            upload.WriteAsync(part, bytes, crc, cancellationToken);

        public Task StreamAsync(Part part, PartWriter writer, uint crc, CancellationToken cancellationToken) =>
            upload.StreamAsync(part, writer, crc, cancellationToken);

        public Task<bool> CompleteAsync(uint crc, StoredArchive? replaced, CancellationToken cancellationToken)
        {
            store();
            return Task.FromResult(false);
        }

        public ValueTask DisposeAsync() => upload.DisposeAsync();
    }
}
