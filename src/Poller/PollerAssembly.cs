using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Settings;
using Archiver.Poller.Handling;
using Archiver.Poller.Leases;
using Archiver.Poller.Processors;
using Archiver.Poller.Receiving;
using Archiver.Poller.Sns;
using Archiver.Poller.Telemetry;
using Archiver.Poller.Validation;
using Archiver.Queues;
using Archiver.Queues.Local;
using Serilog;

namespace Archiver.Poller;

/// <summary>Puts the poller together from its settings, and takes it apart again.</summary>
internal sealed class PollerAssembly : IAsyncDisposable
{
    private const int Unlimited = int.MaxValue;

    // What every SQS queue takes, however old it is.
    private const int SmallestLimit = 256 * 1024;

    private static readonly TimeSpan ShortestVisibility = TimeSpan.FromSeconds(1);

    private readonly List<IAsyncDisposable> _parts = [];

    public required ReceiveLoop Loop { get; init; }

    /// <exception cref="ArchiverException">Something is missing or cannot be reached; the exit code says which.</exception>
    public static async Task<PollerAssembly> BuildAsync(
        PollerArguments arguments, ArchiverSettings loaded, PollerSettings settings, Observability observability, ILogger log, CancellationToken stop)
    {
        var time = TimeProvider.System;
        var queueSettings = QueueSettings.From(loaded);
        // Beside the queues: reading a schema takes as long as all the rest of a start.
        var validator = Task.Run(() => SchemaLoader.LoadAsync(settings.SchemaFile, stop), stop);
        var processors = new ProcessorRunner(
            ProgramLocator.Find(ProgramLocator.Processor, settings.ProcessorPath), arguments.ForProcessors(), settings.ProcessorLimits, time,
            HandedSettings.Environment(loaded, (SettingCatalog.LogReadable, "0"), (SettingCatalog.LogFile, "")));

        var factory = new QueueFactory(AwsSettings.From(loaded).Sqs, new LocalQueueOptions { VisibilityTimeout = queueSettings.VisibilityTimeout, MaxReceiveCount = queueSettings.MaxReceiveCount });
        var requests = OpenRequests(factory, queueSettings.Requests, arguments.Mode, log);
        var completions = queueSettings.Completions is { } location ? factory.Open(location) : null;
        var deadLetter = await QueueFactory.FindDeadLetterAsync(requests, queueSettings.DeadLetter, stop).ConfigureAwait(false) is { } rejected ? factory.Open(rejected) : null;
        var properties = await requests.GetPropertiesAsync(stop).ConfigureAwait(false);
        if (properties.VisibilityTimeout < ShortestVisibility)
            throw new ArchiverException(ExitCode.Config,
                $"The visibility timeout of {requests.Location} is {properties.VisibilityTimeout.TotalSeconds:0} s, too short to keep any message; give the queue {ShortestVisibility.TotalSeconds:0} s or more.");
        if (completions is null)
            log.Warning("No completion queue is set: nobody is told how requests end");
        if (properties.IsFifo)
            // One receive may bring several messages of a group, which would then be worked on side by side. While one is in flight, no other
            // receive brings the next of its group.
            queueSettings = queueSettings with { MaxNumberOfMessages = 1 };
        if (deadLetter is null)
            log.Warning("The request queue has no dead-letter queue: requests that cannot be archived stay in it");

        var queues = new MessageQueues(requests, completions, deadLetter,
            await LargestOfAsync(completions, SmallestLimit, stop).ConfigureAwait(false),
            // The request is shortened only when the queue has refused it whole.
            await LargestOfAsync(deadLetter, QueueLimits.Sqs.MessageBytes, stop).ConfigureAwait(false));
        var leases = new LeaseKeeper(requests, properties.VisibilityTimeout, time, log);
        var facts = new QueueFacts(requests, properties, changed => leases.Visibility = Longest(changed.VisibilityTimeout, ShortestVisibility), time, log);
        observability.Health.Watch(leases.Loop);
        observability.Health.Watch(facts.Loop);
        var policy = new DispositionPolicy(settings.Backoff, null, deadLetter is not null);
        var handler = new MessageHandler(
            new SnsGate(queueSettings.SnsTopics, SnsCertificates.OverHttp(), time), await validator.ConfigureAwait(false), processors, leases,
            () => policy with { MaxReceiveCount = facts.MaxReceiveCount },
            new Settlement(queues, leases, time), new MessageTelemetry(observability.Metrics, requests.Location, time), log);
        var outage = new Outage(new ReadinessCheck(processors, completions, log).CheckAsync, time);
        processors.OnShortage = outage.Doubt;
        var limit = new ConcurrencyLimit(loaded, log);
        var slots = new ConcurrencySlots(() => limit.Current);
        limit.Changed = slots.Recount;
        log.Information("Polling {Queue} with profile {Profile}, {MaxConcurrency} archives at once", requests.Location, loaded.Profile, limit.Current);
        return new PollerAssembly
        {
            Loop = new ReceiveLoop(requests, queueSettings, slots, handler, leases, outage, arguments.Mode,
                new StopTimes(settings.DrainTimeout, settings.ProcessorLimits.GracePeriod), observability.Health, time, log),
            _parts = { facts, leases, limit, requests, completions ?? requests, deadLetter ?? requests },
        };
    }

    public async ValueTask DisposeAsync()
    {
        Loop.Dispose();
        foreach (var part in _parts.Distinct())
            await part.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A service may be there before the first request; whoever drains a queue that is not there has named the wrong one.</summary>
    private static IMessageQueue OpenRequests(QueueFactory factory, string location, ReceiveMode mode, ILogger log)
    {
        if (mode != ReceiveMode.Forever)
            return factory.OpenExisting(location, SettingCatalog.QueueRequests.Name);
        var missing = QueueFactory.MissingFile(location);
        var queue = factory.Open(location);
        if (missing is not null)
            log.Warning("There was no queue file {File}, so it was made; whoever sends requests must use the same", missing);
        return queue;
    }

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static async Task<int> LargestOfAsync(IMessageQueue? queue, int unknown, CancellationToken stop)
    {
        try
        {
            return queue is null ? Unlimited : (await queue.GetPropertiesAsync(stop).ConfigureAwait(false)).Limits.MessageBytes;
        }
        catch (ArchiverException error) when (error.ExitCode == ExitCode.NoPermission)
        {
            // Who may send to a queue need not be allowed to ask about it.
            return unknown;
        }
    }
}
