using System.Net;
using System.Xml.Linq;
using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.Processor.Stores.S3;

/// <summary>
/// UploadPartCopy: S3 copies a range of an object into a part. It returns the range's CRC-32 if the upload was created with that algorithm
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyPartResult.html); without that, the copy cannot be verified.
/// </summary>
internal sealed class S3Copying(S3Bodies bodies, string bucket, string key, string uploadId)
{
    // An ETag that no object has.
    private const string NoETag = "archiver";
    // The slowest copy worth waiting for, in bytes per second.
    private const int SlowestCopy = 8 << 20;

    private readonly Lock _lock = new();
    private Task<string?>? _objection;

    /// <summary>Copies a part.</summary>
    /// <returns>The part's ETag and CRC-32, or why it could not be copied.</returns>
    public async Task<(string ETag, CopyOutcome Outcome)> CopyAsync(
        int number, SourceObject source, long offset, long length, CancellationToken cancellationToken)
    {
        Task<string?> objection;
        lock (_lock)
            objection = _objection ??= ObjectionAsync(number, source, offset, length, cancellationToken);
        if (await objection.ConfigureAwait(false) is { } problem)
            return ("", CopyOutcome.Refused(problem));
        try
        {
            var (eTag, crc) = await SendAsync(number, source, offset, length, cancellationToken).ConfigureAwait(false);
            return (eTag, crc is { } known
                ? CopyOutcome.Copied(known)
                : CopyOutcome.Refused("the server does not return the checksum of what it copies"));
        }
        catch (S3BodyException error) when (IsRefusal(error))
        {
            return ("", CopyOutcome.Refused(error.Message));
        }
        catch (S3BodyException error)
            when (error.Status == HttpStatusCode.PreconditionFailed || error.Code is "NoSuchKey" or "NoSuchVersion")
        {
            throw StoreErrors.Changed(source.Address, $"the server answered {error.Message}");
        }
    }

    // Checked before the first copy: a server that copies whatever version is there could mix two of them in one archive.
    private async Task<string?> ObjectionAsync(
        int number, SourceObject source, long offset, long length, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(number, source with { ETag = NoETag }, offset, length, cancellationToken).ConfigureAwait(false);
            return "the server ignores which version it is asked to copy";
        }
        catch (S3BodyException error) when (error.Status == HttpStatusCode.PreconditionFailed)
        {
            return null;
        }
        catch (S3BodyException error) when (error.Status == HttpStatusCode.Forbidden || error.Code is "NoSuchKey" or "NoSuchVersion")
        {
            // The copy itself will report it; another source may be allowed.
            return null;
        }
        catch (S3BodyException error) when (IsRefusal(error))
        {
            return error.Message;
        }
    }

    private async Task<(string ETag, uint? Crc)> SendAsync(
        int number, SourceObject source, long offset, long length, CancellationToken cancellationToken)
    {
        var request = new GetPreSignedUrlRequest
        {
            BucketName = bucket,
            Key = key,
            Verb = HttpVerb.PUT,
            UploadId = uploadId,
            PartNumber = number,
        };
        request.Headers["x-amz-copy-source"] = PathOf(source);
        request.Headers["x-amz-copy-source-if-match"] = $"\"{source.ETag}\"";
        // A range of a very small source is refused, and the whole object needs none.
        if (length < source.Size)
            request.Headers["x-amz-copy-source-range"] = $"bytes={offset}-{offset + length - 1}";
        var patience = TimeSpan.FromSeconds((double)length / SlowestCopy);
        var answer = await bodies.PutEmptyAsync(request, patience, cancellationToken).ConfigureAwait(false);
        var result = XElement.Parse(answer.TrimStart());
        var eTag = Value(result, "ETag") ?? throw S3Errors.NotS3($"A copy of {source.Address}", "no ETag");
        return (eTag, S3Checksums.Decode(Value(result, "ChecksumCRC32")));
    }

    private static string? Value(XElement result, string name) =>
        result.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

    private static string PathOf(SourceObject source)
    {
        var path = string.Join('/', source.Address.Key.Split('/').Select(Uri.EscapeDataString));
        return $"/{source.Address.Bucket}/{path}"
            + (source.Record?.VersionId is { } version ? $"?versionId={Uri.EscapeDataString(version)}" : "");
    }

    // Copying needs permissions that reading does not, and not every server supports it. Some return InternalError for NotImplemented.
    private static bool IsRefusal(S3BodyException error) => !error.Answer.IsCold && (
        error.Status is HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented
            or HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.InternalServerError
        || error.Code is "InvalidRequest" or "InvalidArgument" or "NotImplemented" or "InvalidRange" or "InternalError");
}
