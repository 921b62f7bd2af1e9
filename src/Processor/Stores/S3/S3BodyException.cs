using System.Net;
using System.Text;

namespace Archiver.Processor.Stores.S3;

/// <summary>An error response to a request made without the SDK.</summary>
internal sealed class S3BodyException(S3Answer answer) : Exception(answer.ToString())
{
    // S3's errors are short; what answers in its place may never end.
    private const int LongestError = 64 << 10;

    public S3Answer Answer { get; } = answer;

    public HttpStatusCode Status => Answer.Status;

    public string? Code => Answer.Code;

    /// <summary>Whether the server throttles requests.</summary>
    public bool IsThrottling => Status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests || Code == "SlowDown";

    /// <summary>Whether the same request may succeed soon. BadDigest means that the body was damaged in transit.</summary>
    public bool IsTransient =>
        Status is (>= HttpStatusCode.InternalServerError and not HttpStatusCode.NotImplemented)
            or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
        || Code is "SlowDown" or "InternalError" or "RequestTimeout" or "BadDigest" or "XAmzContentChecksumMismatch"
            or "ConditionalRequestConflict" or "OperationAborted"
        // From something in between, which may soon answer differently.
        || Code is null && Status is HttpStatusCode.BadRequest or HttpStatusCode.OK or HttpStatusCode.PartialContent;

    public static async Task<S3BodyException> FromAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var text = new byte[LongestError];
        var stream = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var length = await stream.ReadAtLeastAsync(text, LongestError, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            return new(S3Answer.Read(answer.StatusCode, Encoding.UTF8.GetString(text, 0, length), answer.Headers));
        }
    }
}
