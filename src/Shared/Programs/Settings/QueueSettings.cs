using Archiver.Contract;

namespace Archiver.Programs.Settings;

/// <summary>Which queues to use, and how to receive from them.</summary>
public sealed record QueueSettings
{
    public required string Requests { get; init; }

    /// <summary>Where completions are sent; null: nowhere.</summary>
    public string? Completions { get; init; }

    /// <summary>Where rejected requests go; null: where the request queue's redrive policy points.</summary>
    public string? DeadLetter { get; init; }

    /// <summary>How long to poll, 0 to 20 seconds.</summary>
    public TimeSpan WaitTime { get; init; } = SettingCatalog.QueueWaitTime.DefaultValue;

    /// <summary>The most messages per receive, 1 to 10.</summary>
    public int MaxNumberOfMessages { get; init; } = SettingCatalog.QueueMaxNumberOfMessages.DefaultValue;

    /// <summary>For SQLite queues that are created; SQS queues have their own.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = SettingCatalog.QueueVisibilityTimeout.DefaultValue;

    /// <summary>
    /// Receives before a message moves to the dead-letter queue. For SQLite queues that are created; SQS queues have their own.
    /// </summary>
    public int MaxReceiveCount { get; init; } = SettingCatalog.QueueMaxReceiveCount.DefaultValue;

    /// <summary>ARNs of the only SNS topics whose signed notifications are accepted; empty: any request is accepted.</summary>
    public IReadOnlyList<string> SnsTopics { get; init; } = [];

    /// <exception cref="ArchiverException">Exit code 78: the request queue is not set.</exception>
    public static QueueSettings From(ArchiverSettings settings) => new()
    {
        Requests = settings.Get(SettingCatalog.QueueRequests),
        Completions = settings.Get(SettingCatalog.QueueCompletions),
        DeadLetter = settings.Get(SettingCatalog.QueueDeadLetter),
        WaitTime = settings.Get(SettingCatalog.QueueWaitTime),
        MaxNumberOfMessages = settings.Get(SettingCatalog.QueueMaxNumberOfMessages),
        VisibilityTimeout = settings.Get(SettingCatalog.QueueVisibilityTimeout),
        MaxReceiveCount = settings.Get(SettingCatalog.QueueMaxReceiveCount),
        SnsTopics = settings.Get(SettingCatalog.QueueSnsTopics) ?? [],
    };
}
