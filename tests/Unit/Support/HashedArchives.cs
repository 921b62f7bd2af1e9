using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Security.Cryptography;
using Archiver.Processor.Parts;
using Archiver.Processor.Stores;

namespace Archiver.Tests.Support;

/// <summary>A store that keeps the SHA-256 of an archive only. It copies from <paramref name="sources"/> where there are some.</summary>
public sealed class HashedArchives(PartLimits limits, MemorySource? sources = null) : IArchiveStore
{
    /// <summary>The SHA-256 of the archive that was completed, in lower-case hexadecimal digits.</summary>
    public string? Sha256 { get; private set; }

    /// <summary>How many parts it had, and how many of them were copied.</summary>
    public (int All, int Copied) Parts { get; private set; }

    public PartLimits Limits => limits;

    public bool CanCopy(ObjectAddress source) => sources is not null;

    public string KeyOf(string archiveKey) => archiveKey;

    public string UriOf(string archiveKey) => $"s3://archives/{archiveKey}";

    public Task<StoredArchive?> FindAsync(string archiveKey, CancellationToken cancellationToken) => Task.FromResult<StoredArchive?>(null);

    public Task ReadAsync(string archiveKey, StoredArchive found, long offset, Memory<byte> target, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Nothing is ever found here.");

    public Task<string?> CheckAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<IArchiveUpload> BeginAsync(string archiveKey, long? length, bool isOnePart, CancellationToken cancellationToken) =>
        Task.FromResult<IArchiveUpload>(new Upload(this, sources));

    private sealed class Upload(HashedArchives archives, MemorySource? sources) : IArchiveUpload
    {
        private readonly ConcurrentDictionary<int, (byte[] Bytes, uint Crc, bool IsCopied)> _parts = [];

        public Task WriteAsync(Part part, ReadOnlyMemory<byte> bytes, uint crc, CancellationToken cancellationToken)
        {
            Assert.Equal(Crc32.HashToUInt32(bytes.Span), crc);
            _parts[part.Number] = (bytes.ToArray(), crc, false);
            return Task.CompletedTask;
        }

        public async Task StreamAsync(Part part, PartWriter writer, uint crc, CancellationToken cancellationToken)
        {
            using var bytes = new MemoryStream();
            await writer(bytes, cancellationToken);
            await WriteAsync(part, bytes.ToArray(), crc, cancellationToken);
        }

        public async Task<CopyOutcome> CopyAsync(Part part, SourceObject source, long offset, CancellationToken cancellationToken)
        {
            if (sources is null)
                return CopyOutcome.Refused("the test says so");
            if (source.Size > int.MaxValue)
            {
                // Zeros: too many to look at, so they are known by their checksum.
                var crc = ChecksumOf.Zeros(part.Length);
                _parts[part.Number] = (System.Text.Encoding.ASCII.GetBytes($"{part.Length} zeros"), crc, true);
                return CopyOutcome.Copied(crc);
            }
            var bytes = new byte[part.Length];
            await sources.ReadAsync(source, offset, bytes, cancellationToken);
            _parts[part.Number] = (bytes, Crc32.HashToUInt32(bytes), true);
            return CopyOutcome.Copied(_parts[part.Number].Crc);
        }

        public Task<bool> CompleteAsync(uint crc, StoredArchive? replaced, CancellationToken cancellationToken)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var (_, part) in _parts.OrderBy(static part => part.Key))
                hash.AppendData(part.Bytes);
            archives.Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
            archives.Parts = (_parts.Count, _parts.Values.Count(static part => part.IsCopied));
            return Task.FromResult(true);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
