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
    private static readonly string[] Denied =
    [
        "AccessDenied", "InvalidClientTokenId", "UnrecognizedClient", "SignatureDoesNotMatch", "ExpiredToken", "InvalidSecurity",
        "MissingAuthenticationToken", "IncompleteSignature", "NotAuthorized", "OptInRequired", "KmsAccessDenied", "InvalidAccessKeyId",
    ];

    private static readonly string[] Refused =
    [
        "InvalidMessageContents", "InvalidParameterValue", "MissingParameter", "InvalidAttribute", "MessageTooLong", "BatchRequestTooLong",
        "UnsupportedOperation",
    ];

    /// <param name="error">What the SDK threw.</param>
    /// <param name="queue">The queue's location.</param>
    /// <param name="sending">Whether a message was being sent: only then an invalid value is the message's.</param>
    public static ArchiverException Explain(Exception error, string queue, bool sending = false) => error switch
    {
        QueueDoesNotExistException => New(ExitCode.Config, $"The SQS queue {queue} does not exist: check its name, region and account", error),
        AmazonServiceException service when Is(service, "NonExistentQueue", "QueueDoesNotExist", "InvalidAddress") =>
            New(ExitCode.Config, $"The SQS queue {queue} does not exist: check its name, region and account", error),
        AmazonServiceException service when Is(service, Denied) || service.StatusCode == HttpStatusCode.Forbidden =>
            New(ExitCode.NoPermission, $"Access to the SQS queue {queue} is denied: {Told(service)}; check the credentials and the queue's policy", error),
        AmazonServiceException service when sending && Is(service, Refused) => MessageRules.Refused(queue, OneLine(error), error),
        AmazonServiceException { ErrorCode: null or "", StatusCode: not 0 } service when (int)service.StatusCode < 500 =>
            New(ExitCode.Config, $"What answers for the queue {queue} is no SQS server ({Told(service)}): check the queue's URL and the endpoint", error),
        AmazonServiceException service when (int)service.StatusCode is >= 400 and < 500 && !Is(service, "Throttl", "TooMany", "OverLimit") =>
            New(ExitCode.Config, $"The SQS queue {queue} refuses the call: {Told(service)}", error),
        AmazonServiceException service when service.StatusCode != 0 =>
            New(ExitCode.Unavailable, $"The SQS queue {queue} is not available: {Told(service)}; try again later", error),
        AmazonServiceException or HttpRequestException or IOException =>
            New(ExitCode.Unavailable, $"The SQS queue {queue} cannot be reached: {OneLine(error.GetBaseException())}; check endpoint, region and network", error),
        OperationCanceledException or TimeoutException =>
            New(ExitCode.Unavailable, $"The SQS queue {queue} did not answer in time; check endpoint, region and network", error),
        // Without a service's answer the SDK fails this way when it finds no credentials.
        AmazonClientException =>
            New(ExitCode.NoPermission, $"No access to the SQS queue {queue}: {OneLine(error).Split(". ")[0]}; set AWS_ACCESS_KEY_ID or give the machine a role", error),
        _ => New(ExitCode.Unavailable, $"The SQS queue {queue} failed: {OneLine(error)}", error),
    };

    /// <summary>The first line of a message, without the full stop at its end.</summary>
    public static string OneLine(Exception error) => error.Message.Split('\r', '\n')[0].TrimEnd('.', ' ');

    private static string Told(AmazonServiceException error) =>
        string.IsNullOrEmpty(error.ErrorCode) ? $"HTTP status {(int)error.StatusCode}" : $"{error.ErrorCode}: {OneLine(error)}";

    // Codes come with and without a prefix (AWS.SimpleQueueService.) and an ending (Exception), by protocol and server.
    private static bool Is(AmazonServiceException error, params ReadOnlySpan<string> codes)
    {
        foreach (var code in codes)
            if (error.ErrorCode?.Contains(code, StringComparison.OrdinalIgnoreCase) == true)
                return true;
        return false;
    }

    private static ArchiverException New(int exitCode, string what, Exception cause) => new(exitCode, what + ".", cause);
}
