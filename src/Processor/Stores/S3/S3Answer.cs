using System.Net;
using System.Net.Http.Headers;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Archiver.Contract.Boundary;

namespace Archiver.Processor.Stores.S3;

/// <summary>An answer that is not the one hoped for: of S3, or of what stands before it or in its place.</summary>
/// <param name="Status">The status.</param>
/// <param name="Code">S3's error code; null where there is none, and then it is not known to be S3's answer.</param>
/// <param name="Message">What S3 says beside it.</param>
internal sealed record S3Answer(HttpStatusCode Status, string? Code, string? Message = null)
{
    /// <summary>The storage class of an object that cannot be read because of it.</summary>
    public string? StorageClass { get; init; }

    /// <summary>The region of the bucket, where the answer tells it.</summary>
    public string? Region { get; init; }

    /// <summary>The server's time.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>Whether the object has to be brought back from an archive tier first.</summary>
    public bool IsCold => Code is "InvalidObjectState" or "ObjectNotInActiveTierError";

    /// <summary>Whether the bucket is in another region than the one that was asked. S3 tells HEAD requests so by the status and the region alone.</summary>
    public bool IsElsewhere => Code is "PermanentRedirect" or "TemporaryRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException"
        || (Code is null && Region is not null && Status == HttpStatusCode.MovedPermanently);

    public override string ToString() => Code is null ? $"HTTP {(int)Status}" : $"{(int)Status} {Code}";

    /// <summary>Reads an error's XML by its elements: not all that stands in its place is XML, and not every key that it repeats can stand in XML.</summary>
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
            Date = DateTimeOffset.TryParse(Header(response, "Date"), System.Globalization.CultureInfo.InvariantCulture, out var date) ? date : null,
        };
    }

    private static string? Header(IWebResponseData? response, string name) => response?.IsHeaderPresent(name) == true ? response.GetHeaderValue(name) : null;

    private static string? Element(string text, string name)
    {
        var start = text.IndexOf($"<{name}>", StringComparison.Ordinal) + name.Length + 2;
        var end = start < name.Length + 2 ? -1 : text.IndexOf($"</{name}>", start, StringComparison.Ordinal);
        return end <= start ? null : WebUtility.HtmlDecode(text[start..end]).ReplaceLineEndings(" ");
    }
}
