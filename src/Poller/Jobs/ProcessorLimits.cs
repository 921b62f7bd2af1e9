using Archiver.Programs.Settings;

namespace Archiver.Poller.Jobs;

/// <summary>What one processor may take.</summary>
internal sealed record ProcessorLimits
{
    /// <summary>From its start to its end.</summary>
    public TimeSpan Timeout { get; init; } = SettingCatalog.ProcessorTimeout.DefaultValue;

    /// <summary>Without any progress.</summary>
    public TimeSpan StallTimeout { get; init; } = SettingCatalog.ProcessorStallTimeout.DefaultValue;

    /// <summary>Between SIGTERM and SIGKILL.</summary>
    public TimeSpan GracePeriod { get; init; } = SettingCatalog.ProcessorGracePeriod.DefaultValue;

    /// <summary>Bytes; null for no limit.</summary>
    public long? Memory { get; init; }

    /// <summary>How much it yields to other processes, 0 to 19.</summary>
    public int Nice { get; init; }
}
