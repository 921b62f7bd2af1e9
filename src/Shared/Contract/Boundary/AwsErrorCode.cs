using System.Net;

namespace Archiver.Contract.Boundary;

/// <summary>
/// What an error code of any AWS service says about the caller.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html and
/// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html list them.
/// </summary>
internal static class AwsErrorCode
{
    private const string Ending = "Exception";

    private static readonly string[] Expired = ["ExpiredToken", "TokenRefreshRequired"];

    private static readonly string[] Wrong =
    [
        "InvalidAccessKeyId", "InvalidClientTokenId", "UnrecognizedClient", "InvalidSecurity", "InvalidToken", "InvalidIdentityToken",
        "SignatureDoesNotMatch", "InvalidSignature", "MissingAuthenticationToken", "MissingClientTokenId", "MissingSecurityHeader",
        "IncompleteSignature", "AuthFailure",
    ];

    private static readonly string[] Clock = ["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"];

    // Some services report a wrong clock only in the text, under the code of a wrong signature or of denied access.
    private static readonly string[] ClockTexts =
        ["Signature expired", "Signature not yet current", "Request has expired", "Request is not valid yet"];

    private static readonly string[] Denied =
    [
        "AccessDenied", "NotAuthorized", "OptInRequired", "NotSignedUp", "AccountProblem", "AllAccessDisabled",
        "UnauthorizedAccess", "KmsAccessDenied", "KMS.Disabled", "KMS.NotFound", "KMS.KMSInvalidState",
    ];

    /// <summary>Classifies an error.</summary>
    /// <param name="code">The code, with or without the service's prefix and the ending of some protocols; null if there is none.</param>
    /// <param name="message">The text that came with it.</param>
    public static AwsProblem Classify(string? code, string? message) => Bare(code) switch
    {
        null => AwsProblem.None,
        var bare when Is(bare, Clock) || ClockTexts.Any(text => message?.Contains(text, StringComparison.OrdinalIgnoreCase) == true) =>
            AwsProblem.WrongClock,
        var bare when Is(bare, Expired) => AwsProblem.ExpiredCredentials,
        var bare when Is(bare, Wrong) => AwsProblem.WrongCredentials,
        var bare when Is(bare, Denied) => AwsProblem.Denied,
        _ => AwsProblem.None,
    };

    /// <summary>
    /// The error code of an answer, from what the SDK reports; null if the answer has none. The SDK then reports the name of the status
    /// instead, which is the same as the code for only a few.
    /// </summary>
    public static string? Of(HttpStatusCode status, string? code) =>
        string.IsNullOrEmpty(code)
        || (code == status.ToString()
            && code is not ("ServiceUnavailable" or "NotImplemented" or "PreconditionFailed" or "MethodNotAllowed"))
            ? null
            : code;

    private static string? Bare(string? code) =>
        code?.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) == true ? code[..^Ending.Length] : code;

    private static bool Is(string code, string[] known) => known.Any(one => code.EndsWith(one, StringComparison.OrdinalIgnoreCase));
}

/// <summary>What keeps a caller from using an AWS service at all.</summary>
internal enum AwsProblem
{
    /// <summary>None of these.</summary>
    None,

    /// <summary>The credentials have expired.</summary>
    ExpiredCredentials,

    /// <summary>The credentials are invalid, or belong to another endpoint.</summary>
    WrongCredentials,

    /// <summary>The caller's clock and the service's are too far apart.</summary>
    WrongClock,

    /// <summary>The credentials are valid, but a permission is missing.</summary>
    Denied,
}
