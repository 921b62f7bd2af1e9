using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Archiver.Contract.Boundary;

namespace Archiver.Processor.Stores.S3;

/// <summary>An error response, from S3 or from whatever is in front of it or in its place.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">S3's error code; null if there is none, in which case the response may not be from S3.</param>
/// <param name="Message">S3's error message.</param>
internal sealed record S3Answer(HttpStatusCode Status, string? Code, string? Message = null)
{
    /// <summary>The storage class of an object that cannot be read because of it.</summary>
    public string? StorageClass { get; init; }

    /// <summary>The region of the bucket, if the response names it.</summary>
    public string? Region { get; init; }

    /// <summary>The server's time.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Whether the object has to be restored from an archive tier first.</summary>
    public bool IsCold => Code is "InvalidObjectState" or "ObjectNotInActiveTierError";

    /// <summary>Whether the bucket is in another region. For a HEAD request, only the status and the region say so.</summary>
    public bool IsElsewhere =>
        Code is "PermanentRedirect" or "TemporaryRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException"
        || (Code is null && Region is not null && Status == HttpStatusCode.MovedPermanently);

    public override string ToString() => Code is null ? $"HTTP {(int)Status}" : $"{(int)Status} {Code}";

    /// <summary>
    /// Finds the elements of an error without parsing it as XML: the body may be something else, and a key that it repeats may not be valid
    /// in XML.
    /// </summary>
    public static S3Answer Read(HttpStatusCode status, string text, HttpResponseHeaders? headers) =>
        new(status, Element(text, "Code"), Element(text, "Message"))
        {
            StorageClass = Element(text, "StorageClass"),
            Region = headers?.TryGetValues("x-amz-bucket-region", out var regions) == true ? regions.First() : Element(text, "Region"),
            Date = headers?.Date,
        };

    public static S3Answer Of(AmazonServiceException error)
    {
        var code = AwsErrorCode.Of(error.StatusCode, error.ErrorCode);
        var response = (error.InnerException as HttpErrorResponseException)?.Response;
        return new S3Answer(error.StatusCode, code, code is null ? null : error.Message.ReplaceLineEndings(" "))
        {
            StorageClass = (error as Amazon.S3.AmazonS3Exception)?.ResponseBody is { } body ? Element(body, "StorageClass") : null,
            Region = Header(response, "x-amz-bucket-region"),
            Date = DateTimeOffset.TryParse(Header(response, "Date"), CultureInfo.InvariantCulture, out var date) ? date : null,
        };
    }

    private static string? Header(IWebResponseData? response, string name) =>
        response?.IsHeaderPresent(name) == true ? response.GetHeaderValue(name) : null;

    private static string? Element(string text, string name)
    {
        var start = text.IndexOf($"<{name}>", StringComparison.Ordinal) + name.Length + 2;
        var end = start < name.Length + 2 ? -1 : text.IndexOf($"</{name}>", start, StringComparison.Ordinal);
        return end <= start ? null : WebUtility.HtmlDecode(text[start..end]).ReplaceLineEndings(" ");
    }
}
