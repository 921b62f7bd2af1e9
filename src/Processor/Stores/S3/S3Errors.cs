using System.Net;
using Amazon.Runtime;
using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Processor.Stores.S3;

/// <summary>Turns failures of S3 into exit codes. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html lists the codes.</summary>
internal static class S3Errors
{
    /// <summary>The failure of a call, after the SDK's or our own retries.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="what">What the call was about, as the beginning of a sentence.</param>
    /// <param name="absent">The exit code for a bucket or object that does not exist.</param>
    public static ArchiverException Describe(Exception error, string what, int absent) => error switch
    {
        ArchiverException known => known,
        AmazonServiceException service => FromAnswer(service.StatusCode, service.ErrorCode, service, what, absent),
        S3BodyException body => FromAnswer(body.Status, body.Code, body, what, absent),
        AmazonClientException client when client.InnerException is HttpRequestException inner => Unreachable(inner, what),
        // Before anything was sent: there are no credentials, or what should bring them does not.
        // How the SDK says, by a text alone, that it has been throttled for too long.
        AmazonClientException client when client.Message.Contains("capacity could not be obtained", StringComparison.Ordinal) =>
            new(ExitCode.TempFail, $"{what}: the server asks for fewer requests; trying again may help.", client),
        AmazonClientException client => new(ExitCode.Config, $"{what}: {OneLine(client.Message)}", client),
        HttpRequestException or IOException or TimeoutException => Unreachable(error, what),
        _ => new(ExitCode.Software, $"{what}: {OneLine(error.Message)}", error),
    };

    /// <summary>Whether a code says that the credentials themselves are of no use, whatever they are used for.</summary>
    public static bool RefusesCredentials(string code) =>
        IsExpiry(code) || code is "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "InvalidToken" or "InvalidClientTokenId" or "UnrecognizedClientException" or "InvalidSecurity";

    private static ArchiverException FromAnswer(HttpStatusCode status, string? code, Exception error, string what, int absent) => (status, code) switch
    {
        (0, _) => Unreachable(error, what),
        (_, "NoSuchBucket") => new(absent, $"{what}: the bucket does not exist.", error),
        (_, "NoSuchUpload") => new(ExitCode.TempFail, $"{what}: the upload was ended by somebody else; trying again may help.", error),
        (_, { } refusal) when RefusesCredentials(refusal) =>
            new(ExitCode.Config, $"{what}: the credentials are {(IsExpiry(refusal) ? "expired" : "not valid")} ({code}).", error),
        (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized, _) => new(ExitCode.NoPermission, $"{what}: access denied.", error),
        (HttpStatusCode.NotFound, _) => new(absent, $"{what}: it does not exist.", error),
        (HttpStatusCode.PreconditionFailed, _) => new(ExitCode.TempFail, $"{what}: it changed meanwhile; trying again may help.", error),
        ( >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout, _) =>
            new(ExitCode.TempFail, $"{what}: the server answers {(int)status} {code}; trying again may help.", error),
        (_, "SlowDown" or "BadDigest" or "RequestTimeout" or "OperationAborted" or "ConditionalRequestConflict") =>
            new(ExitCode.TempFail, $"{what}: {code}; trying again may help.", error),
        _ => new(ExitCode.CannotCreate, $"{what}: {(int)status} {code}: {OneLine(error.Message)}", error),
    };

    private static bool IsExpiry(string code) => code is "ExpiredToken" or "ExpiredTokenException" or "TokenRefreshRequired";

    private static ArchiverException Unreachable(Exception error, string what) =>
        new(ExitCode.Unavailable, $"{what}: the endpoint cannot be reached: {OneLine(error.GetBaseException().Message)}", error);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
