using System.Net;
using Archiver.Contract.Boundary;

namespace Archiver.Processor.Stores.S3;

/// <summary>What an answer of S3 means: an exit code, and the words for it. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html lists the codes.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Says">What is wrong, as the end of a sentence.</param>
internal readonly record struct S3Verdict(int ExitCode, string Says)
{
    private const string TryAgain = "trying again may help";

    /// <summary>Judges an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="absent">The exit code for a bucket or object that does not exist.</param>
    /// <param name="now">This machine's time.</param>
    public static S3Verdict On(S3Answer answer, int absent, DateTimeOffset now) => AwsErrorCode.Classify(answer.Code, answer.Message) switch
    {
        // Mended without a change of the configuration, as soon as the machine asks a time server.
        AwsProblem.WrongClock => new(Contract.Boundary.ExitCode.Unavailable, $"{Clock(answer, now)}; set the clock ({answer.Code})"),
        AwsProblem.ExpiredCredentials => new(Contract.Boundary.ExitCode.Config, $"the credentials are expired ({answer.Code})"),
        AwsProblem.WrongCredentials => new(Contract.Boundary.ExitCode.Config, $"the credentials are not valid ({answer.Code})"),
        AwsProblem.Denied => new(Contract.Boundary.ExitCode.NoPermission, "access denied"),
        _ => OnCode(answer, absent),
    };

    private static S3Verdict OnCode(S3Answer answer, int absent) => answer switch
    {
        { IsCold: true } => new(Contract.Boundary.ExitCode.NoInput, $"it is in {(answer.StorageClass is { } tier ? $"storage class {tier}" : "an archive tier")} and must be restored before it can be read"),
        { Code: "NoSuchBucket" } => new(absent, "the bucket does not exist"),
        { Code: "NoSuchUpload" } => new(Contract.Boundary.ExitCode.TempFail, $"the upload was ended by somebody else; {TryAgain}"),
        { IsElsewhere: true } =>
            new(absent, $"the bucket is in {(answer.Region is { } region ? $"the region {region}" : "another region")}; set AWS_REGION, or S3_SOURCE_REGION for sources"),
        { Code: "SlowDown" or "BadDigest" or "RequestTimeout" or "OperationAborted" or "ConditionalRequestConflict" } =>
            new(Contract.Boundary.ExitCode.TempFail, $"{answer.Code}; {TryAgain}"),
        { Code: { } code } when code.Contains("Throttl", StringComparison.Ordinal) || code.Contains("LimitExceeded", StringComparison.Ordinal) =>
            new(Contract.Boundary.ExitCode.TempFail, $"{code}; {TryAgain}"),
        { Code: "KeyTooLongError" or "InvalidURI" or "InvalidBucketName" or "InvalidObjectName" or "InvalidRequest" } => new(absent, $"{answer}: {answer.Message}"),
        _ => OnStatus(answer, absent),
    };

    private static S3Verdict OnStatus(S3Answer answer, int absent) => answer switch
    {
        { Status: HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or HttpStatusCode.ServiceUnavailable } => new(Contract.Boundary.ExitCode.TempFail, $"the server answers {answer}; {TryAgain}"),
        { Code: null } => new(Contract.Boundary.ExitCode.Unavailable, $"the answer is not that of an S3 server ({answer}{(answer.Message is { } says ? $": {says}" : " without an S3 error code")}); check the endpoint, and what stands before it"),
        { Status: >= HttpStatusCode.InternalServerError } => new(Contract.Boundary.ExitCode.TempFail, $"the server answers {answer}; {TryAgain}"),
        { Status: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } => new(Contract.Boundary.ExitCode.NoPermission, $"access denied ({answer.Code})"),
        { Status: HttpStatusCode.NotFound } => new(absent, "it does not exist"),
        { Status: HttpStatusCode.PreconditionFailed } => new(Contract.Boundary.ExitCode.TempFail, $"it changed meanwhile; {TryAgain}"),
        // S3 speaks, and of this request: whether it says so of all others, trying again tells.
        _ => new(absent == Contract.Boundary.ExitCode.NoInput ? Contract.Boundary.ExitCode.TempFail : absent, $"{answer}: {answer.Message}"),
    };

    private static string Clock(S3Answer answer, DateTimeOffset now) => answer.Date is { } date && (now - date).Duration() > TimeSpan.FromMinutes(1)
        ? $"this machine's clock is {Length((now - date).Duration())} {(now < date ? "behind" : "ahead of")} the server's"
        : "this machine's clock and the server's are too far apart";

    private static string Length(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => $"{time.TotalDays:0} days",
        { TotalHours: >= 2 } => $"{time.TotalHours:0} hours",
        _ => $"{time.TotalMinutes:0} minutes",
    };
}
