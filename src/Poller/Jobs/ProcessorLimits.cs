namespace Archiver.Poller.Jobs;

/// <summary>What one processor may take.</summary>
internal sealed record ProcessorLimits
{
    /// <summary>From its start to its end.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(11);

    /// <summary>Without any progress.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Between SIGTERM and SIGKILL.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes; null for no limit.</summary>
    public long? Memory { get; init; }

    /// <summary>How much it yields to other processes, 0 to 19.</summary>
    public int Nice { get; init; }
}
