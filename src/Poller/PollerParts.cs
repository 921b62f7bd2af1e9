using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Jobs;
using Archiver.Poller.Leases;
using Archiver.Poller.Receiving;
using Archiver.Poller.Requests;
using Archiver.Poller.Settling;
using Archiver.Poller.Validation;
using Archiver.Programs.Boundary;
using Archiver.Programs.Settings;
using Archiver.Queues;
using Archiver.Queues.Local;
using Serilog;

namespace Archiver.Poller;

/// <summary>Puts the poller together from its settings, and takes it apart again.</summary>
internal sealed class PollerParts : IAsyncDisposable
{
    // What every SQS queue takes, however old it is.
    private const int SmallestLimit = 256 * 1024;

    private static readonly TimeSpan ShortestVisibility = TimeSpan.FromSeconds(1);

    private readonly List<IAsyncDisposable> _parts = [];

    public required ReceiveLoop Loop { get; init; }

    public required Shutdown Shutdown { get; init; }

    /// <exception cref="ArchiverException">Something is missing or cannot be reached; the exit code says which.</exception>
    public static async Task<PollerParts> BuildAsync(
        PollerArguments arguments, ArchiverSettings loaded, PollerSettings settings, Observability observability, ILogger log,
            CancellationToken stop)
    {
        var time = TimeProvider.System;
        var queueSettings = QueueSettings.From(loaded);
        // Beside the queues: reading a schema takes as long as all the rest of a start.
        var validator = Task.Run(() => SchemaLoader.LoadAsync(settings.SchemaFile, stop), stop);
        var processors = new ProcessorRunner(
            ProgramLocator.Find(ProgramLocator.Processor, settings.ProcessorPath), arguments.ForProcessors(), settings.ProcessorLimits, time,
            HandedSettings.Environment(loaded, (SettingCatalog.LogReadable, "0"), (SettingCatalog.LogFile, "")));

        var local = new LocalQueueOptions
        {
            VisibilityTimeout = queueSettings.VisibilityTimeout,
            MaxReceiveCount = queueSettings.MaxReceiveCount,
        };
        var factory = new QueueFactory(AwsSettings.From(loaded).Sqs, local);
        var requests = OpenRequests(factory, queueSettings.Requests, arguments.Mode, log);
        var completions = queueSettings.Completions is { } location ? factory.Open(location) : null;
        var rejected = await QueueFactory.FindDeadLetterAsync(requests, queueSettings.DeadLetter, stop).ConfigureAwait(false);
        var deadLetter = rejected is null ? null : factory.Open(rejected);
        var properties = await requests.GetPropertiesAsync(stop).ConfigureAwait(false);
        Check(requests, properties);
        if (completions is null)
            log.Warning("No completion queue is set, so no completion messages are sent");
        if (deadLetter is null)
            log.Warning("The request queue has no dead-letter queue, so requests that cannot be archived stay in it");
        if (properties.IsFifo)
            // One receive may bring several messages of a group, which would then be worked on side by side. While one is in flight,
            // no other receive brings the next of its group.
            queueSettings = queueSettings with { MaxNumberOfMessages = 1 };

        var queues = new MessageQueues(requests,
            completions is null ? null : await BoundedQueue.AskAsync(completions, SmallestLimit, stop).ConfigureAwait(false),
            // The request is shortened only when the queue has refused it whole.
            deadLetter is null ? null : await BoundedQueue.AskAsync(deadLetter, QueueLimits.Sqs.MessageBytes, stop).ConfigureAwait(false));
        var leases = new LeaseRenewer(requests, properties.VisibilityTimeout, time, log);
        var redrive = new RedriveFollower(queues, factory.Open, log);
        var facts = new QueueFacts(requests, properties, async (changed, cancelled) =>
        {
            leases.Visibility = changed.VisibilityTimeout > ShortestVisibility ? changed.VisibilityTimeout : ShortestVisibility;
            if (string.IsNullOrWhiteSpace(queueSettings.DeadLetter))
                await redrive.FollowAsync(changed.Redrive, cancelled).ConfigureAwait(false);
        }, time, log);
        observability.Health.Watch(leases.Loop);
        observability.Health.Watch(facts.Loop);

        var handler = new MessageHandler(
            new RequestCheck(new SnsGate(queueSettings.SnsTopics, SnsCertificates.OverHttp(), time), await validator.ConfigureAwait(false)),
                processors, leases,
            () => new DispositionPolicy(settings.Backoff, facts.MaxReceiveCount, queues.DeadLetter is not null),
            new Settlement(queues, leases, time), new MessageTelemetry(observability.Metrics, requests.Location, time), log);
        var guard = new ReceiveGuard(new ReadinessCheck(processors, completions, log).CheckAsync, time);
        processors.OnShortage = () => guard.Record(new BreakerEvent.MachineIsShort());
        var limit = new ConcurrencyLimit(loaded, log);
        var slots = new ConcurrencySlots(() => limit.Current);
        limit.Changed = slots.Recount;
        var shutdown = new Shutdown(new StopTimes(settings.DrainTimeout, settings.ProcessorLimits.GracePeriod), leases,
            observability.Health, time, log);
        var pauses = new Pauses(observability.Health, time, log);
        log.Information("Polling {Queue} with profile {Profile}, {MaxConcurrency} archives at once", requests.Location, loaded.Profile,
            limit.Current);
        return new PollerParts
        {
            Loop = new ReceiveLoop(
                new MessageSource(requests, queueSettings, arguments.Mode, pauses, observability.Health, log), guard,
                new WorkUnderWay(slots, handler, guard, log, shutdown.Jobs), shutdown, pauses, observability.Health, arguments.Mode, log),
            Shutdown = shutdown,
            _parts = { facts, leases, limit, requests, completions ?? requests, deadLetter ?? requests, redrive },
        };
    }

    public async ValueTask DisposeAsync()
    {
        Shutdown.Dispose();
        foreach (var part in _parts.Distinct())
            await part.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A service may start before the first request is sent; draining a queue that does not exist is a mistake.</summary>
    private static IMessageQueue OpenRequests(QueueFactory factory, string location, ReceiveMode mode, ILogger log)
    {
        if (mode != ReceiveMode.Forever)
            return factory.OpenExisting(location, SettingCatalog.QueueRequests.Name);
        var missing = QueueFactory.MissingFile(location);
        var queue = factory.Open(location);
        if (missing is not null)
            log.Warning("The queue file {File} did not exist and was created; producers must use the same file", missing);
        return queue;
    }

    private static void Check(IMessageQueue requests, QueueProperties properties)
    {
        if (properties.VisibilityTimeout < ShortestVisibility)
            throw new ArchiverException(ExitCode.Config,
                $"The visibility timeout of {requests.Location} is {properties.VisibilityTimeout.TotalSeconds:0} s, "
                + $"which is too short to renew; set it to {ShortestVisibility.TotalSeconds:0} s or more.");
    }
}
