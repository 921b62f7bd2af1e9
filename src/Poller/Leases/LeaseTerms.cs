using Archiver.Queues;

namespace Archiver.Poller.Leases;

/// <summary>How long a message may be kept hidden.</summary>
internal static class LeaseTerms
{
    /// <summary>
    /// From the receive on, however often it is extended; some seconds below what SQS allows, because its clock began earlier.
    /// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
    /// </summary>
    public static readonly TimeSpan Longest = QueueLimits.Sqs.Visibility - TimeSpan.FromSeconds(10);

    /// <summary>An extension from now on, in whole seconds, as SQS counts.</summary>
    /// <returns>Null when it would end before it is of use.</returns>
    public static TimeSpan? Extension(TimeSpan visibility, TimeSpan left)
    {
        var seconds = Math.Floor(Math.Min(visibility.TotalSeconds, left.TotalSeconds));
        return seconds >= 1 ? TimeSpan.FromSeconds(seconds) : null;
    }
}
