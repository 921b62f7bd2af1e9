using System.Net;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Jobs;
using Archiver.Poller.Retries;
using Archiver.Programs.Settings;

namespace Archiver.Poller;

/// <summary>How the poller supervises.</summary>
internal sealed record PollerSettings
{
    private const long BesideBuffers = 64L << 20;

    // A million entries take half of it.
    private const long UsuallyBesideBuffers = 1L << 30;

    public string? SchemaFile { get; init; }

    public required Backoff Backoff { get; init; }

    public required TimeSpan DrainTimeout { get; init; }

    public IPEndPoint? Health { get; init; }

    public string? ProcessorPath { get; init; }

    public required ProcessorLimits ProcessorLimits { get; init; }

    public static PollerSettings From(ArchiverSettings settings) => new()
    {
        SchemaFile = settings.Get(SettingCatalog.PollerSchemaFile),
        Backoff = new Backoff(
            settings.Get(SettingCatalog.PollerBackoffBase), settings.Get(SettingCatalog.PollerBackoffMax)),
        DrainTimeout = settings.Get(SettingCatalog.PollerDrainTimeout),
        Health = settings.Get(SettingCatalog.PollerHealthPort) is { } port
            ? new IPEndPoint(settings.Get(SettingCatalog.PollerHealthAddress), port)
            : null,
        ProcessorPath = settings.Get(SettingCatalog.ProcessorPath),
        ProcessorLimits = LimitsFrom(settings),
    };

    private static ProcessorLimits LimitsFrom(ArchiverSettings settings)
    {
        var buffers = settings.Get(SettingCatalog.ProcessorMemoryBudget);
        var limits = new ProcessorLimits
        {
            Timeout = settings.Get(SettingCatalog.ProcessorTimeout),
            StallTimeout = settings.Get(SettingCatalog.ProcessorStallTimeout),
            GracePeriod = settings.Get(SettingCatalog.ProcessorGracePeriod),
            Memory = settings.Get(SettingCatalog.ProcessorMemoryLimit) switch
            {
                null => UsuallyBesideBuffers + (long)(buffers / ResourceCaps.HeapShare),
                { } limit => limit.Bytes,
            },
            Nice = settings.Get(SettingCatalog.ProcessorNice),
        };
        var least = buffers + BesideBuffers;
        return limits.Memory >= least || limits.Memory is null
            ? limits
            : throw new ArchiverException(ExitCode.Config,
                $"Processor:MemoryLimit is {limits.Memory} bytes, too small for the buffers of Processor:MemoryBudget: "
                + $"give it {least} bytes or more.");
    }
}
