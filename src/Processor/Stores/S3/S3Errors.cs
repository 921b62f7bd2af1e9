using System.Xml;
using Amazon.Runtime;
using Amazon.S3;
using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Processor.Stores.S3;

/// <summary>Turns S3 failures into exit codes and messages.</summary>
internal static class S3Errors
{
    /// <summary>Describes why a call failed, after the SDK's retries or our own.</summary>
    /// <param name="error">The exception.</param>
    /// <param name="what">What the call was about, as the beginning of a sentence.</param>
    /// <param name="absent">The exit code for a bucket or object that does not exist.</param>
    public static ArchiverException Describe(Exception error, string what, int absent) => error switch
    {
        ArchiverException known => known,
        S3BodyException body => Judge(body.Answer, error, what, absent),
        // Without a status there was no response. If it is not from S3, it is from the service that issues credentials.
        AmazonServiceException { StatusCode: not 0 } service =>
            Judge(S3Answer.Of(service), error, what, service is AmazonS3Exception ? absent : ExitCode.Config),
        AmazonServiceException => Unreachable(error, what),
        AmazonClientException { InnerException: HttpRequestException inner } => Unreachable(inner, what),
        // Nothing was sent: there are no credentials, or they could not be obtained.
        AmazonClientException client => new(ExitCode.Config, $"{what}: {OneLine(client.Message)}", client),
        // From the SDK's parsers, which expect XML of a certain form.
        XmlException or FormatException or OverflowException => NotS3(what, OneLine(error.Message), error),
        OperationCanceledException => new(ExitCode.Unavailable, $"{what}: the endpoint did not answer in time.", error),
        HttpRequestException or IOException or TimeoutException => Unreachable(error, what),
        _ => new(ExitCode.Software, $"{what}: {error.GetType().Name}: {OneLine(error.Message)}", error),
    };

    /// <summary>Whether a failure is the caller's own cancellation rather than S3's.</summary>
    public static bool IsStop(Exception error, CancellationToken cancellationToken) =>
        error is OperationCanceledException && cancellationToken.IsCancellationRequested;

    /// <summary>The error for a response that no S3 server would give.</summary>
    /// <param name="what">What the call was about, as the beginning of a sentence.</param>
    /// <param name="why">What is wrong with it.</param>
    /// <param name="error">The exception, if there is one.</param>
    public static ArchiverException NotS3(string what, string why, Exception? error = null) =>
        new(
            ExitCode.Unavailable,
            $"{what}: the answer is not from an S3 server ({why}); check the endpoint and any proxy in front of it.",
            error);

    /// <summary>Whether the credentials or the clock are wrong, so that any request would fail.</summary>
    public static bool IsAboutCaller(S3Answer answer) =>
        AwsErrorCode.Classify(answer.Code, answer.Message)
            is AwsProblem.ExpiredCredentials or AwsProblem.WrongCredentials or AwsProblem.WrongClock;

    private static ArchiverException Judge(S3Answer answer, Exception error, string what, int absent)
    {
        var verdict = S3Verdict.On(answer, absent, TimeProvider.System.GetUtcNow());
        return new(verdict.ExitCode, $"{what}: {verdict.Says}.", error);
    }

    private static ArchiverException Unreachable(Exception error, string what) =>
        new(ExitCode.Unavailable, $"{what}: {ConnectionProblem.Describe(error)}.", error);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
