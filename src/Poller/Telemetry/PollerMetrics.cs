using System.Diagnostics.Metrics;
using Archiver.Contract.Boundary;
using Archiver.Poller.Health;

namespace Archiver.Poller.Telemetry;

/// <summary>
/// What is counted and measured: one method for each thing that happens. Names and units follow OpenTelemetry's conventions.
/// </summary>
internal sealed class PollerMetrics : IDisposable
{
    public const string MeterName = "Archiver.Poller";

    private const string Message = "{message}";
    private const string Seconds = "s";

    private static readonly InstrumentAdvice<double> JobBuckets = Buckets(0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 14_400, 43_200);
    private static readonly InstrumentAdvice<double> AgeBuckets = Buckets(0.5, 1, 5, 15, 60, 300, 900, 3600, 14_400, 86_400, 345_600);

    private readonly TimeProvider _time;
    private readonly RecentMaximum _oldest;
    private readonly Counter<long> _received;
    private readonly Counter<long> _archived;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _released;
    private readonly UpDownCounter<long> _inFlight;
    private readonly Counter<long> _leasesLost;
    private readonly Histogram<double> _jobDuration;
    private readonly Counter<long> _bytes;
    private readonly Histogram<double> _age;

    public PollerMetrics(PollerHealth health, TimeProvider time)
    {
        _time = time;
        _oldest = new RecentMaximum(TimeSpan.FromMinutes(5), time);
        _received = Meter.CreateCounter<long>("archiver.messages.received", Message, "Messages received");
        _archived = Meter.CreateCounter<long>("archiver.messages.archived", Message,
            "Messages whose archive was stored and whose completion was sent");
        _rejected = Meter.CreateCounter<long>("archiver.messages.rejected", Message, "Messages sent to the dead-letter queue, by reason");
        _released = Meter.CreateCounter<long>("archiver.messages.released", Message, "Messages released to the queue, by reason");
        _inFlight = Meter.CreateUpDownCounter<long>("archiver.messages.in_flight", Message, "Messages that are worked on");
        _leasesLost = Meter.CreateCounter<long>("archiver.leases.lost", "{lease}",
            "Messages that became visible to other pollers while they were processed");
        _jobDuration = Meter.CreateHistogram("archiver.job.duration", Seconds, "Time from a processor's start to its end, by exit", null,
            JobBuckets);
        _bytes = Meter.CreateCounter<long>("archiver.archived.size", "By",
            "Bytes of archives that were built, without those that existed already");
        _age = Meter.CreateHistogram("archiver.message.age", Seconds, "Time between sending and receiving a message", null, AgeBuckets);
        Meter.CreateObservableGauge("archiver.messages.oldest_age", () =>
            _oldest.Value, Seconds, "Age of the oldest message received in the last five to ten minutes");
        Meter.CreateObservableCounter("archiver.loops.restarted", () =>
            health.Loops.Select(static loop =>
                new Measurement<long>(loop.Restarts, KeyValuePair.Create<string, object?>("loop", loop.Name))),
            "{restart}", "Background loops that failed and were restarted");
        Meter.CreateObservableGauge("archiver.receiving.paused", () =>
            health.IsPaused ? 1 : 0, "1", "1 while receiving is paused because every message would fail");
    }

    public Meter Meter { get; } = new(MeterName);

    public void Received(DateTimeOffset sentAt)
    {
        var age = Math.Max(0, (_time.GetUtcNow() - sentAt).TotalSeconds);
        _received.Add(1);
        _age.Record(age);
        _oldest.Add(age);
        _inFlight.Add(1);
    }

    /// <summary>Nobody works on a received message any more.</summary>
    public void LetGo() => _inFlight.Add(-1);

    /// <param name="newBytes">Bytes of an archive that was made; 0 for one that was there.</param>
    public void Archived(long newBytes)
    {
        _archived.Add(1);
        _bytes.Add(newBytes);
    }

    public void Rejected(string reason) => _rejected.Add(1, KeyValuePair.Create<string, object?>("reason", reason));

    public void Released(string reason) => _released.Add(1, KeyValuePair.Create<string, object?>("reason", reason));

    public void LeaseLost() => _leasesLost.Add(1);

    public void JobEnded(TimeSpan duration, int exitCode) =>
        _jobDuration.Record(duration.TotalSeconds, KeyValuePair.Create<string, object?>("exit", ExitCode.NameOf(exitCode)));

    public void Dispose() => Meter.Dispose();

    private static InstrumentAdvice<double> Buckets(params double[] bounds) => new() { HistogramBucketBoundaries = bounds };
}
