using System.Collections.Concurrent;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Parts;
using Archiver.Processor.Stores;

namespace Archiver.Tests.Support;

/// <summary>Archives in memory.</summary>
internal sealed class MemoryArchives(PartLimits limits) : IArchiveStore
{
    private const int MostBytes = 32 << 20;

    private readonly ConcurrentDictionary<string, (byte[] Bytes, StoredArchive Archive)> _stored = [];
    private int _versions;

    /// <summary>What the store copies from; none: it copies nothing.</summary>
    public MemorySource? CopiesFrom { get; init; }

    /// <summary>Whether there is such a store at all.</summary>
    public bool Exists { get; init; } = true;

    public PartLimits Limits => limits;

    public byte[]? BytesOf(string archiveKey) => _stored.TryGetValue(archiveKey, out var found) ? found.Bytes : null;

    public bool CanCopy(ObjectAddress source) => CopiesFrom is not null;

    public string KeyOf(string archiveKey) => archiveKey;

    public string UriOf(string archiveKey) => $"memory://{archiveKey}";

    public Task<StoredArchive?> FindAsync(string archiveKey, CancellationToken cancellationToken) =>
        Task.FromResult(_stored.TryGetValue(archiveKey, out var found) ? found.Archive : null);

    public Task ReadAsync(string archiveKey, StoredArchive found, long offset, Memory<byte> target, CancellationToken cancellationToken)
    {
        if (!_stored.TryGetValue(archiveKey, out var now) || now.Archive.ETag != found.ETag)
            throw new ArchiverException(ExitCode.TempFail, $"{UriOf(archiveKey)} changed.");
        now.Bytes.AsMemory((int)offset, target.Length).CopyTo(target);
        return Task.CompletedTask;
    }

    public Task<IArchiveUpload> BeginAsync(string archiveKey, long? length, bool isOnePart, CancellationToken cancellationToken)
    {
        MemoryUpload? upload = null;
        upload = new MemoryUpload(length ?? MostBytes)
        {
            CopiesFrom = CopiesFrom,
            Completes = crc =>
            {
                var bytes = upload!.Bytes[..(int)upload.End];
                _stored[archiveKey] = (bytes, new StoredArchive(bytes.Length, crc, $"{Interlocked.Increment(ref _versions)}"));
                return true;
            },
        };
        return Task.FromResult<IArchiveUpload>(upload);
    }

    public Task<string?> CheckAsync(CancellationToken cancellationToken) =>
        Exists ? Task.FromResult<string?>(null) : throw new ArchiverException(ExitCode.Config, "There is no such store.");
}
