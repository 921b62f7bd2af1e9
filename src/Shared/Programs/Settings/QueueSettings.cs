namespace Archiver.Contract.Settings;

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
    public TimeSpan WaitTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The most messages that one receive brings, 1 to 10.</summary>
    public int MaxNumberOfMessages { get; init; } = 10;

    /// <summary>Visibility timeout of SQLite queues that are created; SQS queues have their own.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Receives before a message moves to the dead-letter queue, for SQLite queues that are created; SQS queues have their own.</summary>
    public int MaxReceiveCount { get; init; } = 5;

    /// <summary>ARNs of the SNS topics whose signed notifications alone are taken; empty: any request is taken.</summary>
    public IReadOnlyList<string> SnsTopics { get; init; } = [];

    /// <summary>Reads them from the settings.</summary>
    /// <exception cref="ArchiverException">Exit code 78: the request queue is not set.</exception>
    public static QueueSettings From(ArchiverSettings settings) => new()
    {
        Requests = settings.Require<string>(SettingCatalog.QueueRequests),
        Completions = settings.Get<string>(SettingCatalog.QueueCompletions),
        DeadLetter = settings.Get<string>(SettingCatalog.QueueDeadLetter),
        WaitTime = settings.Require<TimeSpan?>(SettingCatalog.QueueWaitTime).Value,
        MaxNumberOfMessages = settings.Require<int?>(SettingCatalog.QueueMaxNumberOfMessages).Value,
        VisibilityTimeout = settings.Require<TimeSpan?>(SettingCatalog.QueueVisibilityTimeout).Value,
        MaxReceiveCount = settings.Require<int?>(SettingCatalog.QueueMaxReceiveCount).Value,
        SnsTopics = settings.Get<IReadOnlyList<string>>(SettingCatalog.QueueSnsTopics) ?? [],
    };
}
