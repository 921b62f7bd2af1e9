using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Contract.Boundary;
using Archiver.Processor.Parts;

namespace Archiver.Processor.Stores.S3;

/// <summary>An archive stored by a single PutObject. That makes it visible at once, so it is not sent before the completion.</summary>
internal sealed class S3SinglePut(S3Bodies bodies, string bucket, string key) : IArchiveUpload
{
    private byte[] _bytes = [];

    public Task WriteAsync(Part part, ReadOnlyMemory<byte> bytes, uint crc, CancellationToken cancellationToken)
    {
        _bytes = bytes.ToArray();
        return Task.CompletedTask;
    }

    public async Task StreamAsync(Part part, PartWriter writer, uint crc, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream((int)part.Length);
        await writer(bytes, cancellationToken).ConfigureAwait(false);
        _bytes = bytes.ToArray();
    }

    public async Task<bool> CompleteAsync(uint crc, StoredArchive? replaced, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetPreSignedUrlRequest
            {
                BucketName = bucket,
                Key = key,
                Verb = HttpVerb.PUT,
                ContentType = S3MultipartUpload.ContentType,
            };
            await bodies.PutAsync(request, S3Body.Of(_bytes), crc, Condition(replaced), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (S3BodyException error)
            when (error.Status == HttpStatusCode.PreconditionFailed || (replaced is not null && error.Code == "NoSuchKey"))
        {
            return false;
        }
        catch (Exception error) when (!S3Errors.IsStop(error, cancellationToken))
        {
            throw S3Errors.Describe(error, $"s3://{bucket}/{key}", ExitCode.CannotCreate);
        }
    }

    // Without quotes, as in Amazon's documentation: Ceph compares the value literally.
    private static (string Name, string Value) Condition(StoredArchive? replaced) =>
        replaced is null ? ("If-None-Match", "*") : ("If-Match", replaced.ETag ?? "*");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
