using System.Net;
using Amazon.Runtime;
using Amazon.SQS.Model;
using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Queues.Sqs;

/// <summary>
/// What SQS's errors mean to an operator.
/// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
/// </summary>
internal static class SqsErrors
{
    private static readonly string[] Refused =
    [
        "InvalidMessageContents", "InvalidParameterValue", "MissingParameter", "InvalidAttribute", "MessageTooLong", "BatchRequestTooLong",
        "UnsupportedOperation",
    ];

    /// <param name="error">What the SDK threw.</param>
    /// <param name="queue">The queue's location.</param>
    /// <param name="sending">Whether a message was being sent: only then does an invalid value concern the message.</param>
    public static ArchiverException Explain(Exception error, string queue, bool sending = false) => error switch
    {
        QueueDoesNotExistException =>
            New(ExitCode.Config, $"The SQS queue {queue} does not exist: check its name, region and account", error),
        AmazonServiceException service when Is(service, "NonExistentQueue", "QueueDoesNotExist", "InvalidAddress") =>
            New(ExitCode.Config, $"The SQS queue {queue} does not exist: check its name, region and account", error),
        AmazonServiceException { StatusCode: not 0 } service when CodeOf(service) is null => NotSqs(service, queue),
        AmazonServiceException service when ProblemOf(service) is var problem and not AwsProblem.None => Caller(service, problem, queue),
        AmazonServiceException service when sending && Is(service, Refused) => MessageRules.Refused(queue, OneLine(error), error),
        AmazonServiceException { StatusCode: HttpStatusCode.Forbidden } service => Caller(service, AwsProblem.Denied, queue),
        AmazonServiceException service
            when (int)service.StatusCode is >= 400 and < 500 && !Is(service, "Throttl", "TooMany", "OverLimit") =>
            New(ExitCode.Config, $"The SQS queue {queue} refuses the call: {Quote(service)}", error),
        AmazonServiceException service when service.StatusCode != 0 =>
            New(ExitCode.Unavailable, $"The SQS queue {queue} is not available: {Quote(service)}; try again later", error),
        AmazonServiceException or HttpRequestException or IOException =>
            New(
                ExitCode.Unavailable,
                $"The SQS queue {queue} cannot be reached: {OneLine(error.GetBaseException())}; check endpoint, region and network",
                error),
        OperationCanceledException or TimeoutException =>
            New(ExitCode.Unavailable, $"The SQS queue {queue} did not answer in time; check endpoint, region and network", error),
        // This is how the SDK fails without an answer if it finds no credentials.
        AmazonClientException =>
            New(
                ExitCode.Config,
                $"No access to the SQS queue {queue}: {OneLine(error).Split(". ")[0]}; set AWS_ACCESS_KEY_ID or give the machine a role",
                error),
        _ => New(ExitCode.Unavailable, $"The SQS queue {queue} failed: {OneLine(error)}", error),
    };

    /// <summary>The first line of a message, without the full stop.</summary>
    public static string OneLine(Exception error) => error.Message.Split('\r', '\n')[0].TrimEnd('.', ' ');

    private static string? CodeOf(AmazonServiceException error) => AwsErrorCode.Of(error.StatusCode, error.ErrorCode);

    private static AwsProblem ProblemOf(AmazonServiceException error) => AwsErrorCode.Classify(CodeOf(error), error.Message);

    // Something in front of SQS, or in its place, has answered. That may be temporary and does not mean that the configuration is wrong.
    private static ArchiverException NotSqs(AmazonServiceException error, string queue) => New(ExitCode.Unavailable,
        $"What answers for the queue {queue} is not an SQS server (HTTP status {(int)error.StatusCode} without an error code): "
        + "check the queue's URL, the endpoint, and any proxy in front of it", error);

    private static ArchiverException Caller(AmazonServiceException error, AwsProblem problem, string queue) => problem switch
    {
        AwsProblem.WrongClock => New(
            ExitCode.Unavailable,
            $"The SQS queue {queue} refuses the call, because this machine's clock and the server's are too far apart: "
            + $"{Quote(error)}; set the clock",
            error),
        AwsProblem.ExpiredCredentials =>
            New(ExitCode.Config, $"The credentials for the SQS queue {queue} have expired: {Quote(error)}", error),
        AwsProblem.WrongCredentials =>
            New(ExitCode.Config, $"The credentials for the SQS queue {queue} are not valid: {Quote(error)}", error),
        _ => New(
            ExitCode.NoPermission,
            $"Access to the SQS queue {queue} is denied: {Quote(error)}; check the credentials and the queue's policy",
            error),
    };

    private static string Quote(AmazonServiceException error) => $"{error.ErrorCode}: {OneLine(error)}";

    // Codes come with or without a prefix (AWS.SimpleQueueService.) and a suffix (Exception), depending on protocol and server.
    private static bool Is(AmazonServiceException error, params ReadOnlySpan<string> codes)
    {
        foreach (var code in codes)
            if (error.ErrorCode?.Contains(code, StringComparison.OrdinalIgnoreCase) == true)
                return true;
        return false;
    }

    private static ArchiverException New(int exitCode, string what, Exception cause) => new(exitCode, what + ".", cause);
}
