using Archiver.Contract;

namespace Archiver.Programs.Settings;

/// <summary>Which queues there are, and how to receive from them.</summary>
public sealed record QueueSettings
{
    /// <summary>Where archive requests are received.</summary>
    public required string Requests { get; init; }

    /// <summary>Where completions are sent; null: nowhere.</summary>
    public string? Completions { get; init; }

    /// <summary>Where rejected requests go; null: where the request queue's redrive policy points.</summary>
    public string? DeadLetter { get; init; }

    /// <summary>The longest long poll, 0 to 20 seconds.</summary>
    public TimeSpan WaitTime { get; init; } = SettingCatalog.QueueWaitTime.DefaultValue;

    /// <summary>The most messages that one receive brings, 1 to 10.</summary>
    public int MaxNumberOfMessages { get; init; } = SettingCatalog.QueueMaxNumberOfMessages.DefaultValue;

    /// <summary>Visibility timeout of SQLite queues that are created; SQS queues have their own.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = SettingCatalog.QueueVisibilityTimeout.DefaultValue;

    /// <summary>Receives before a message moves to the dead-letter queue, for SQLite queues that are created; SQS queues have their own.</summary>
    public int MaxReceiveCount { get; init; } = SettingCatalog.QueueMaxReceiveCount.DefaultValue;

    /// <summary>ARNs of the SNS topics whose signed notifications alone are taken; empty: any request is taken.</summary>
    public IReadOnlyList<string> SnsTopics { get; init; } = [];

    /// <summary>Reads them from the settings.</summary>
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
