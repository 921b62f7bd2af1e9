using System.Net;
using System.Net.Http.Headers;

namespace Archiver.Processor.Stores.S3;

/// <summary>A range of one version of an object.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Length">How long it is; null for the rest of the object.</param>
/// <param name="ETag">The version, without quotes; null for the current one.</param>
/// <param name="Size">The size of the whole object, if known.</param>
internal sealed record S3Range(long Offset, long? Length, string? ETag, long? Size)
{
    public void AskFor(HttpRequestMessage request)
    {
        // An empty object has no range.
        if (Offset > 0 || Length is not null)
            request.Headers.Range = new RangeHeaderValue(Offset, Offset + Length - 1);
        if (ETag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{ETag}\"");
    }

    /// <summary>Whether a status says that this version no longer exists.</summary>
    public bool SaysChanged(HttpStatusCode status) =>
        ETag is not null
        && status is HttpStatusCode.NotFound or HttpStatusCode.PreconditionFailed or HttpStatusCode.RequestedRangeNotSatisfiable;

    /// <summary>How many bytes the response has, which must be of this range and version.</summary>
    public long CheckedLength(ObjectAddress address, HttpResponseMessage answer, string etag)
    {
        if (ETag is not null && etag.Trim('"') != ETag)
            throw StoreErrors.Changed(address, "its ETag");
        var (first, length, size) = answer.Content.Headers is var headers && answer.StatusCode == HttpStatusCode.PartialContent
            ? (headers.ContentRange?.From, headers.ContentRange?.To - headers.ContentRange?.From + 1, headers.ContentRange?.Length)
            : (0, headers.ContentLength, headers.ContentLength);
        if (Size is not null && size is not null && size != Size)
            throw StoreErrors.Changed(address, $"it has {size} bytes instead of {Size}");
        return first == Offset && length >= (Length ?? 0)
            ? length.Value
            : throw new S3BodyException(new S3Answer(answer.StatusCode, null, $"not the bytes starting at {Offset}"));
    }
}
