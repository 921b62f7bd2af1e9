using System.Net;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Settings;
using Archiver.Poller.Jobs;
using Archiver.Poller.Retries;

namespace Archiver.Poller;

/// <summary>How the poller supervises.</summary>
internal sealed record PollerSettings
{
    private const long BesideBuffers = 64L << 20;

    // A million entries take half of it.
    private const long UsuallyBesideBuffers = 1L << 30;

    public string? SchemaFile { get; init; }

    public Backoff Backoff { get; init; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(15));

    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(20);

    public IPEndPoint? Health { get; init; }

    public string? ProcessorPath { get; init; }

    public ProcessorLimits ProcessorLimits { get; init; } = new();

    public static PollerSettings From(ArchiverSettings settings) => new()
    {
        SchemaFile = settings.Get<string>(SettingCatalog.PollerSchemaFile),
        Backoff = new Backoff(
            settings.Require<TimeSpan?>(SettingCatalog.PollerBackoffBase).Value,
                settings.Require<TimeSpan?>(SettingCatalog.PollerBackoffMax).Value),
        DrainTimeout = settings.Require<TimeSpan?>(SettingCatalog.PollerDrainTimeout).Value,
        Health = settings.Get<int?>(SettingCatalog.PollerHealthPort) is { } port
            ? new IPEndPoint(settings.Require<IPAddress>(SettingCatalog.PollerHealthAddress), port)
            : null,
        ProcessorPath = settings.Get<string>(SettingCatalog.ProcessorPath),
        ProcessorLimits = LimitsFrom(settings),
    };

    private static ProcessorLimits LimitsFrom(ArchiverSettings settings)
    {
        var buffers = settings.Require<long?>(SettingCatalog.ProcessorMemoryBudget).Value;
        var limits = new ProcessorLimits
        {
            Timeout = settings.Require<TimeSpan?>(SettingCatalog.ProcessorTimeout).Value,
            StallTimeout = settings.Require<TimeSpan?>(SettingCatalog.ProcessorStallTimeout).Value,
            GracePeriod = settings.Require<TimeSpan?>(SettingCatalog.ProcessorGracePeriod).Value,
            Memory = settings.Get<long?>(SettingCatalog.ProcessorMemoryLimit) switch
            {
                null => UsuallyBesideBuffers + (long)(buffers / ResourceCaps.HeapShare),
                0 => null,
                var bytes => bytes,
            },
            Nice = settings.Require<int?>(SettingCatalog.ProcessorNice).Value,
        };
        var least = buffers + BesideBuffers;
        return limits.Memory >= least || limits.Memory is null
            ? limits
            : throw new ArchiverException(ExitCode.Config,
                $"Processor:MemoryLimit is {limits.Memory} bytes, too little for the buffers of Processor:MemoryBudget: "
                + $"give it {least} bytes or more.");
    }
}
