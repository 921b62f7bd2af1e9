using System.Net;

namespace Archiver.Processor.Stores.S3;

/// <summary>An error answer to a body's request.</summary>
internal sealed class S3BodyException(S3Answer answer) : Exception(answer.ToString())
{
    public S3Answer Answer { get; } = answer;

    public HttpStatusCode Status => Answer.Status;

    public string? Code => Answer.Code;

    /// <summary>Whether requests come too fast for the server.</summary>
    public bool IsThrottling => Status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests || Code == "SlowDown";

    /// <summary>Whether the same request may succeed soon. BadDigest says that the body was damaged on its way.</summary>
    public bool IsTransient =>
        Status is (>= HttpStatusCode.InternalServerError and not HttpStatusCode.NotImplemented) or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
        || Code is "SlowDown" or "InternalError" or "RequestTimeout" or "BadDigest" or "XAmzContentChecksumMismatch" or "ConditionalRequestConflict" or "OperationAborted"
        // Of something in between, which may answer otherwise soon.
        || Code is null && Status is HttpStatusCode.BadRequest or HttpStatusCode.OK or HttpStatusCode.PartialContent;

    public static async Task<S3BodyException> FromAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        new(S3Answer.Read(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false), answer.Headers));
}
