namespace Archiver.EndToEnd.Support.Sites;

public sealed record SiteOptions
{
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Null: the request queue has no dead-letter queue.</summary>
    public int? MaxReceiveCount { get; init; } = 5;

    /// <summary>The largest message, in bytes, that the queues of completions and dead letters take on SQS. Null: as large as SQS allows.</summary>
    public int? LargestAnswer { get; init; }

    /// <summary>The request queue is first in, first out, and all that tests send to it is one message group.</summary>
    public bool Fifo { get; init; }
}
