using System.Net;
using Archiver.Contract.Boundary;
using Codes = Archiver.Contract.Boundary.ExitCode;

namespace Archiver.Processor.Stores.S3;

/// <summary>
/// What an S3 response means: an exit code and a message.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html lists the error codes.
/// </summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Says">What is wrong, as the end of a sentence.</param>
internal readonly record struct S3Verdict(int ExitCode, string Says)
{
    private const string TryAgain = "trying again may help";

    /// <summary>Judges a response.</summary>
    /// <param name="answer">The response.</param>
    /// <param name="absent">The exit code for a bucket or object that does not exist.</param>
    /// <param name="now">This machine's time.</param>
    public static S3Verdict On(S3Answer answer, int absent, DateTimeOffset now) => AwsErrorCode.Classify(answer.Code, answer.Message) switch
    {
        // Not an error of the configuration: it is over as soon as the clock is synchronized.
        AwsProblem.WrongClock => new(Codes.Unavailable, $"{Clock(answer, now)}; set the clock ({answer.Code})"),
        AwsProblem.ExpiredCredentials => new(Codes.Config, $"the credentials have expired ({answer.Code})"),
        AwsProblem.WrongCredentials => new(Codes.Config, $"the credentials are not valid ({answer.Code})"),
        AwsProblem.Denied => new(Codes.NoPermission, "access denied"),
        _ => OnCode(answer, absent),
    };

    private static S3Verdict OnCode(S3Answer answer, int absent) => answer switch
    {
        { IsCold: true, StorageClass: var tier } =>
            new(Codes.NoInput, $"it is in {(tier is null ? "an archive tier" : $"storage class {tier}")} "
                + "and must be restored before it can be read"),
        { Code: "NoSuchBucket" } => new(absent, "the bucket does not exist"),
        { Code: "NoSuchUpload" } => new(Codes.TempFail, $"another process aborted or completed the upload; {TryAgain}"),
        { IsElsewhere: true, Region: var region } =>
            new(absent, $"the bucket is in {(region is null ? "another region" : $"the region {region}")}; "
                + "set AWS_REGION, or S3_SOURCE_REGION for sources"),
        { Code: "SlowDown" or "BadDigest" or "RequestTimeout" or "OperationAborted" or "ConditionalRequestConflict" } =>
            new(Codes.TempFail, $"{answer.Code}; {TryAgain}"),
        { Code: { } code } when code.Contains("Throttl", StringComparison.Ordinal)
            || code.Contains("LimitExceeded", StringComparison.Ordinal) =>
            new(Codes.TempFail, $"{code}; {TryAgain}"),
        { Code: "KeyTooLongError" or "InvalidURI" or "InvalidBucketName" or "InvalidObjectName" or "InvalidRequest" } =>
            new(absent, $"{answer}: {answer.Message}"),
        _ => OnStatus(answer, absent),
    };

    private static S3Verdict OnStatus(S3Answer answer, int absent) => answer switch
    {
        { Status: HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or HttpStatusCode.ServiceUnavailable } =>
            new(Codes.TempFail, $"the server answered {answer}; {TryAgain}"),
        { Code: null, Message: var says } =>
            new(Codes.Unavailable, $"the answer is not from an S3 server "
                + $"({answer}{(says is null ? " without an S3 error code" : $": {says}")}); "
                + "check the endpoint and any proxy in front of it"),
        { Status: >= HttpStatusCode.InternalServerError } =>
            new(Codes.TempFail, $"the server answered {answer}; {TryAgain}"),
        { Status: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } =>
            new(Codes.NoPermission, $"access denied ({answer.Code})"),
        { Status: HttpStatusCode.NotFound } => new(absent, "it does not exist"),
        { Status: HttpStatusCode.PreconditionFailed } => new(Codes.TempFail, $"it has changed in the meantime; {TryAgain}"),
        // It is S3, and about this request. Whether other requests fail like this too, a retry will show.
        _ => new(absent == Codes.NoInput ? Codes.TempFail : absent, $"{answer}: {answer.Message}"),
    };

    private static string Clock(S3Answer answer, DateTimeOffset now) =>
        answer.Date is { } date && (now - date).Duration() > TimeSpan.FromMinutes(1)
        ? $"this machine's clock is {Length((now - date).Duration())} {(now < date ? "behind" : "ahead of")} the server's"
        : "this machine's clock and the server's are too far apart";

    private static string Length(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => $"{time.TotalDays:0} days",
        { TotalHours: >= 2 } => $"{time.TotalHours:0} hours",
        _ => $"{time.TotalMinutes:0} minutes",
    };
}
