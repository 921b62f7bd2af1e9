using System.IO.Hashing;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Parts;
using Archiver.Processor.Stores;

namespace Archiver.Tests.Processor.Stores;

/// <summary>What every <see cref="IArchiveStore"/> does, and every <see cref="IArchiveUpload"/> that it begins.</summary>
public abstract class ArchiveStoreContract(ArchiveStoreLab lab) : IAsyncDisposable
{
    private const string Key = "f00d/download-2024-05-30.zip";

    // Three parts, the last of them short.
    private readonly byte[] _archive = Bytes((2 * LengthOf(lab)) + 1000, seed: 1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IReadOnlyList<Part> Parts => Cut(_archive.Length);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return lab.DisposeAsync();
    }

    [Fact]
    public async Task A_missing_archive_is_not_found() => Assert.Null(await lab.Store.FindAsync(Key, Token));

    [Fact]
    public async Task Parts_make_an_archive_whatever_their_order()
    {
        await using var upload = await lab.Store.BeginAsync(Key, _archive.Length, isOnePart: false, Token);
        await Parallel.ForEachAsync(Parts.Reverse(), Token, async (part, token) => await WriteAsync(upload, part, _archive, token));

        Assert.True(await upload.CompleteAsync(Crc32.HashToUInt32(_archive), null, Token));

        await IsStoredAsync(_archive);
    }

    [Fact]
    public async Task Parts_may_come_as_streams()
    {
        await using var upload = await lab.Store.BeginAsync(Key, _archive.Length, isOnePart: false, Token);
        await Parallel.ForEachAsync(Parts.Reverse(), Token, async (part, token) =>
            await upload.StreamAsync(
                part, (target, stop) => WriteInPiecesAsync(target, BytesOf(part, _archive), stop), CrcOf(part, _archive), token));

        Assert.True(await upload.CompleteAsync(Crc32.HashToUInt32(_archive), null, Token));

        await IsStoredAsync(_archive);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_part_is_enough(bool isStreamed)
    {
        var archive = _archive[..1000];
        await using var upload = await lab.Store.BeginAsync(Key, archive.Length, isOnePart: true, Token);
        var part = new Part(1, 0, archive.Length);
        await (isStreamed
            ? upload.StreamAsync(part, (target, stop) => WriteInPiecesAsync(target, archive, stop), CrcOf(part, archive), Token)
            : WriteAsync(upload, part, archive, Token));

        Assert.True(await upload.CompleteAsync(Crc32.HashToUInt32(archive), null, Token));

        await IsStoredAsync(archive);
    }

    [Fact]
    public async Task The_length_need_not_be_known_beforehand()
    {
        await StoreAsync(_archive, length: null);

        await IsStoredAsync(_archive);
    }

    [Fact]
    public async Task An_upload_follows_one_of_its_plans()
    {
        var (upload, plan) = await lab.Store.BeginAsync(Key, _archive.Length, [Parts, [new Part(1, 0, _archive.Length)]], Token);
        await using (upload)
        {
            Assert.Equal(0, plan);
            foreach (var part in Parts)
                await WriteAsync(upload, part, _archive, Token);
            Assert.True(await upload.CompleteAsync(Crc32.HashToUInt32(_archive), null, Token));
        }

        await IsStoredAsync(_archive);
    }

    [Fact]
    public async Task An_archive_is_invisible_before_its_completion_and_gone_without_it()
    {
        await using (var upload = await lab.Store.BeginAsync(Key, _archive.Length, isOnePart: false, Token))
        {
            foreach (var part in Parts)
                await WriteAsync(upload, part, _archive, Token);

            Assert.Null(await lab.Store.FindAsync(Key, Token));
            Assert.Null(await lab.GetAsync(Key));
        }

        Assert.Null(await lab.GetAsync(Key));
        Assert.Equal(0, await lab.CountUnfinishedAsync());
    }

    [Fact]
    public async Task The_next_attempt_removes_what_a_killed_process_left_behind()
    {
        await lab.LeaveUnfinishedAsync(Key);

        await StoreAsync(_archive);

        await IsStoredAsync(_archive);
    }

    [Fact]
    public async Task Any_range_of_an_archive_can_be_read()
    {
        await StoreAsync(_archive);
        var found = await FindAsync();

        foreach (var (offset, length) in ((int Offset, int Length)[])[(0, 1), (100, 1000), (_archive.Length - 1, 1), (0, _archive.Length)])
            Assert.Equal(_archive[offset..(offset + length)], await ReadAsync(found, offset, length));
    }

    [Fact]
    public async Task An_archive_that_was_found_can_be_replaced()
    {
        await StoreAsync(Bytes(_archive.Length, seed: 2));

        Assert.True(await StoreAsync(_archive, replaced: await FindAsync()));

        await IsStoredAsync(_archive);
    }

    [Fact]
    public async Task Two_concurrent_uploads_of_an_archive_do_not_spoil_it()
    {
        await using var other = await lab.Store.BeginAsync(Key, _archive.Length, isOnePart: false, Token);
        await StoreAsync(_archive);

        // The second may have aborted the other's upload as abandoned. Then the other fails, but only temporarily.
        try
        {
            foreach (var part in Parts)
                await WriteAsync(other, part, _archive, Token);
            await other.CompleteAsync(Crc32.HashToUInt32(_archive), null, Token);
        }
        catch (ArchiverException error)
        {
            Assert.Equal(ExitCode.TempFail, error.ExitCode);
        }

        Assert.Equal(_archive, await lab.GetAsync(Key));
    }

    [Fact]
    public async Task An_archive_replaced_since_it_was_found_is_exit_code_75()
    {
        await StoreAsync(Bytes(_archive.Length, seed: 2));
        var found = await FindAsync();
        await StoreAsync(_archive, replaced: found);

        Assert.Equal(ExitCode.TempFail, (await Assert.ThrowsAsync<ArchiverException>(() => ReadAsync(found, 0, 1000))).ExitCode);
    }

    [Fact]
    public async Task A_part_is_copied_whole_or_refused()
    {
        var content = Bytes(2 * LengthOf(lab), seed: 3);
        var source = await lab.PutSourceAsync(content);
        var part = new Part(1, 0, LengthOf(lab), IsCopied: true);
        await using var upload = await lab.Store.BeginAsync(Key, _archive.Length, isOnePart: false, Token);

        var outcome = await upload.CopyAsync(part, source ?? default, 1000, Token);

        Assert.True(source is null || lab.Store.CanCopy(source.Value.Address));
        if (outcome.Crc is { } crc)
            Assert.Equal(Crc32.HashToUInt32(content.AsSpan(1000, LengthOf(lab))), crc);
        else
            Assert.NotEmpty(outcome.Problem!);
    }

    [Fact]
    public void An_archive_s_uri_ends_in_its_key() =>
        Assert.EndsWith("/" + lab.Store.KeyOf(Key), lab.Store.UriOf(Key), StringComparison.Ordinal);

    [Fact]
    public async Task A_check_leaves_nothing_behind_and_reports_a_missing_store()
    {
        Assert.Null(await lab.Store.CheckAsync(Token));
        Assert.Equal(0, await lab.CountUnfinishedAsync());
        Assert.Equal(ExitCode.Config, (await Assert.ThrowsAsync<ArchiverException>(() => lab.Nowhere.CheckAsync(Token))).ExitCode);
    }

    private static int LengthOf(ArchiveStoreLab lab) => (int)Math.Max(lab.Store.Limits.Least, 100_000);

    private static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private List<Part> Cut(int length)
    {
        var most = LengthOf(lab);
        return [.. Enumerable.Range(0, (length + most - 1) / most)
            .Select(i => new Part(i + 1, (long)i * most, Math.Min(most, length - (i * most))))];
    }

    private static ReadOnlyMemory<byte> BytesOf(Part part, byte[] archive) => archive.AsMemory((int)part.Offset, (int)part.Length);

    private static uint CrcOf(Part part, byte[] archive) => Crc32.HashToUInt32(BytesOf(part, archive).Span);

    private static Task WriteAsync(IArchiveUpload upload, Part part, byte[] archive, CancellationToken token) =>
        upload.WriteAsync(part, BytesOf(part, archive), CrcOf(part, archive), token);

    private static async Task WriteInPiecesAsync(Stream target, ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        for (; bytes.Length > 0; bytes = bytes[Math.Min(30_000, bytes.Length)..])
            await target.WriteAsync(bytes[..Math.Min(30_000, bytes.Length)], token);
    }

    private Task<bool> StoreAsync(byte[] archive, StoredArchive? replaced = null) => StoreAsync(archive, archive.Length, replaced);

    private async Task<bool> StoreAsync(byte[] archive, long? length, StoredArchive? replaced = null)
    {
        await using var upload = await lab.Store.BeginAsync(Key, length, isOnePart: false, Token);
        foreach (var part in Cut(archive.Length))
            await WriteAsync(upload, part, archive, Token);
        return await upload.CompleteAsync(Crc32.HashToUInt32(archive), replaced, Token);
    }

    private async Task<StoredArchive> FindAsync() => await lab.Store.FindAsync(Key, Token) ?? throw new FileNotFoundException(Key);

    private async Task<byte[]> ReadAsync(StoredArchive found, long offset, int length)
    {
        var target = new byte[length];
        await lab.Store.ReadAsync(Key, found, offset, target, Token);
        return target;
    }

    private async Task IsStoredAsync(byte[] archive)
    {
        var found = await FindAsync();
        Assert.Equal(archive.Length, found.Bytes);
        Assert.True(found.Crc is null || found.Crc == Crc32.HashToUInt32(archive));
        Assert.Equal(archive, await lab.GetAsync(Key));
        Assert.Equal(0, await lab.CountUnfinishedAsync());
    }
}
