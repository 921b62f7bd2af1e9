using System.Net;

namespace Archiver.Processor.Stores.S3;

/// <summary>An error answer to a body's request.</summary>
internal sealed class S3BodyException(HttpStatusCode status, string? code) : Exception($"{(int)status} {code}")
{
    public HttpStatusCode Status { get; } = status;

    public string? Code { get; } = code;

    /// <summary>Whether requests come too fast for the server.</summary>
    public bool IsThrottling => Status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests || Code == "SlowDown";

    /// <summary>Whether the same request may succeed soon. BadDigest says that the body was damaged on its way.</summary>
    public bool IsTransient =>
        Status is (>= HttpStatusCode.InternalServerError and not HttpStatusCode.NotImplemented) or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
        || Code is "SlowDown" or "InternalError" or "RequestTimeout" or "BadDigest" or "XAmzContentChecksumMismatch" or "ConditionalRequestConflict" or "OperationAborted";

    /// <summary>Reads the code from the answer's XML.</summary>
    public static async Task<S3BodyException> FromAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        From(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Reads the code from an answer's XML.</summary>
    public static S3BodyException From(HttpStatusCode status, string text)
    {
        var start = text.IndexOf("<Code>", StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf("</Code>", start, StringComparison.Ordinal);
        return new S3BodyException(status, end < 0 ? null : text[(start + "<Code>".Length)..end]);
    }
}
