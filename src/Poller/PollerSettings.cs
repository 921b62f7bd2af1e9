using Archiver.Contract.Settings;
using Archiver.Poller.Handling;

namespace Archiver.Poller;

/// <summary>How the poller supervises.</summary>
public sealed record PollerSettings
{
    public string? SchemaFile { get; init; }

    public BackoffPolicy Backoff { get; init; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(15));

    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(20);

    public int? HealthPort { get; init; }

    public string? ProcessorPath { get; init; }

    public TimeSpan ProcessorTimeout { get; init; } = TimeSpan.FromHours(11);

    public TimeSpan ProcessorGracePeriod { get; init; } = TimeSpan.FromSeconds(10);

    public static PollerSettings From(ArchiverSettings settings) => new()
    {
        SchemaFile = settings.Get<string>(SettingCatalog.PollerSchemaFile),
        Backoff = new BackoffPolicy(
            settings.Require<TimeSpan?>(SettingCatalog.PollerBackoffBase).Value, settings.Require<TimeSpan?>(SettingCatalog.PollerBackoffMax).Value),
        DrainTimeout = settings.Require<TimeSpan?>(SettingCatalog.PollerDrainTimeout).Value,
        HealthPort = settings.Get<int?>(SettingCatalog.PollerHealthPort),
        ProcessorPath = settings.Get<string>(SettingCatalog.ProcessorPath),
        ProcessorTimeout = settings.Require<TimeSpan?>(SettingCatalog.ProcessorTimeout).Value,
        ProcessorGracePeriod = settings.Require<TimeSpan?>(SettingCatalog.ProcessorGracePeriod).Value,
    };
}
