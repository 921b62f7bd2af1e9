using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Contract.Boundary;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Stores.S3;

/// <summary>Sources that are S3 objects.</summary>
internal sealed class S3Source(IAmazonS3 client, S3Bodies bodies) : ISourceStore
{
    /// <inheritdoc />
    public async Task<SourceObject?> FindAsync(ObjectAddress address, CancellationToken cancellationToken)
    {
        try
        {
            return await new S3Heads(client, address.Bucket, address.Key).FindAsync(cancellationToken).ConfigureAwait(false) is { } head
                ? Describe(address, head.ContentLength, head.ETag, head.LastModified) with
                {
                    ContentType = string.Intern(head.Headers.ContentType ?? ""),
                    Record = RecordOf(head),
                }
                : null;
        }
        catch (Exception error) when (!S3Errors.IsStop(error, cancellationToken))
        {
            throw S3Errors.Describe(error, address.ToString(), ExitCode.NoInput);
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<SourceObject> ListAsync(
        ObjectAddress prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var found in new S3Listing(client, prefix, after).ReadAsync(cancellationToken).ConfigureAwait(false))
            yield return Describe(prefix with { Key = found.Key }, found.Size ?? 0, found.ETag, found.LastModified);
    }

    /// <inheritdoc />
    public async Task ReadAsync(SourceObject source, long offset, Memory<byte> target, CancellationToken cancellationToken)
    {
        try
        {
            await bodies.GetRangeAsync(source, offset, target, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (!S3Errors.IsStop(error, cancellationToken))
        {
            throw S3Errors.Describe(error, source.Address.ToString(), ExitCode.TempFail);
        }
    }

    /// <inheritdoc />
    public async Task<Stream> OpenAsync(ObjectAddress address, CancellationToken cancellationToken)
    {
        var stream = new S3ObjectStream(bodies, address);
        try
        {
            await stream.OpenAsync(cancellationToken).ConfigureAwait(false);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc />
    public Task<string?> CheckAsync(StoreLocation location, CancellationToken cancellationToken) =>
        new S3Check(client, location).ReadableAsync(cancellationToken);

    // "null" is the version of objects older than the bucket's versioning.
    private static SourceRecord? RecordOf(GetObjectMetadataResponse head)
    {
        var version = head.VersionId is { Length: > 0 } id && id != "null" ? id : null;
        var crc = head.ChecksumType == ChecksumType.FULL_OBJECT ? S3Checksums.Decode(head.ChecksumCRC32) : null;
        return version is null && crc is null ? null : new SourceRecord(version, crc);
    }

    // Listings have milliseconds, HEAD responses whole seconds: both must give the same plan.
    private static SourceObject Describe(ObjectAddress address, long size, string etag, DateTime? modified) =>
        new(address, size, etag.Trim('"'), modified is { } time ? new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeSeconds() : 0);
}
