using System.Diagnostics;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Chaos;

/// <summary>Requests, pollers and processors while servers fail and processes are killed; afterwards, the books are checked.</summary>
public sealed class ChaosRun(ChaosOptions options) : IAsyncDisposable
{
    // Often enough that no request can use them all up: what the queue itself moves away has no reason, and none must be moved.
    private const int MaxReceives = 200;

    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(5);

    private static readonly int[] Sizes = [0, 1, 1000, 40_000, 300_000, 1_200_000, 6_000_000, 13_000_000];

    private readonly ChaosRequests _requests = new(options.Seed, options.Requests, Sizes, Poison.WithKnownEnds.Take(options.Poison));
    private readonly Random _random = new(options.Seed);
    private readonly Stopwatch _clock = new();
    private SqsSite _site = null!;
    private FaultProxy _s3 = null!;
    private FaultProxy _sqs = null!;
    private PollerFleet _fleet = null!;

    public async Task<ChaosReport> RunAsync()
    {
        _site = await SqsSite.CreateAsync(new SiteOptions { VisibilityTimeout = Visibility, MaxReceiveCount = MaxReceives });
        _s3 = await _site.Sources.StartProxyAsync(options.Seed);
        _sqs = await FaultProxy.StartAsync(Endpoints.SqsUrl, options.Seed);
        foreach (var (key, content) in _requests.Sources)
            await _site.PutSourceAsync(key, content);
        foreach (var request in _requests.All)
            await request.SendAsync(_site.Requests);

        BeginFaults();
        _fleet = new PollerFleet(StartPoller);
        _clock.Start();
        _fleet.Start(options.Pollers);
        await KillAsync();
        await UntilEmptyAsync();
        var took = _clock.Elapsed;
        var exits = await _fleet.StopAsync();
        var audit = await new ChaosAudit(_requests, _site).ReportAsync(exits);
        return audit with
        {
            Counts =
            [
                .. audit.Counts,
                ("pollers killed", _fleet.PollersKilled),
                ("pollers frozen", _fleet.PollersFrozen),
                ("processors killed", _fleet.ProcessorsKilled),
                ("messages released", _fleet.Count("Released")),
                ("leases lost", _fleet.Count("The message became visible to other pollers")),
                ("pauses for an outage", _fleet.Count("Receiving pauses")),
                .. FaultsOf("S3", _s3.Counters),
                .. FaultsOf("SQS", _sqs.Counters),
                ("requests to S3", _s3.Counters.Total.Requests),
                ("requests to SQS", _sqs.Counters.Total.Requests),
                ("seconds", (long)took.TotalSeconds),
            ],
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _fleet.DisposeAsync();
        await _s3.DisposeAsync();
        await _sqs.DisposeAsync();
        await _site.DisposeAsync();
    }

    private static IEnumerable<(string, long)> FaultsOf(string server, RequestCounters counters) =>
        from kind in Enum.GetValues<FaultKind>()
        where counters[kind] > 0
        select ($"faults of {server}: {kind}", (long)counters[kind]);

    private void BeginFaults()
    {
        foreach (var (kind, rate) in ((FaultKind, double)[])
            [(FaultKind.InternalError, 0.02), (FaultKind.SlowDown, 0.02), (FaultKind.Reset, 0.01), (FaultKind.AnswerLost, 0.01), (FaultKind.CutShort, 0.01), (FaultKind.Delay, 0.03)])
        {
            _s3.Faults.Add(new Fault(kind) { Rate = rate });
            _sqs.Faults.Add(new Fault(kind) { Rate = rate });
        }
    }

    private ProgramUnderTest StartPoller() => _site.StartPoller(
        "", ("AWS_ENDPOINT_URL_S3", _s3.Url.ToString()), ("AWS_ENDPOINT_URL_SQS", _sqs.Url.ToString()), ("MAX_CONCURRENCY", $"{options.Concurrency}"),
        ("ON_MISSING", "skip"), ("Poller__BackoffBase", "200ms"), ("Poller__BackoffMax", "2s"), ("Processor__GracePeriod", "5s"));

    private async Task KillAsync()
    {
        for (var kills = 0; kills < options.Kills && _clock.Elapsed < options.Limit / 2;)
        {
            await Task.Delay(_random.Next(100, 1000), TestContext.Current.CancellationToken);
            var which = _random.Next(1000);
            var what = _random.Next(10);
            if (what < 2)
                await _fleet.KillPollerAsync(which);
            else if (what == 2)
                _fleet.Freeze(which, Visibility + TimeSpan.FromSeconds(2));
            else if (!_fleet.TryKillProcessor(which))
                continue;
            kills++;
        }
    }

    // Counts of a queue are approximate: only when they stay at nothing is there nothing.
    private async Task UntilEmptyAsync()
    {
        for (var empty = 0; empty < 10; await Task.Delay(500, TestContext.Current.CancellationToken))
        {
            empty = await _site.Requests.CountAsync() == (0, 0) ? empty + 1 : 0;
            if (_clock.Elapsed > options.Limit)
                throw new TimeoutException($"The queue is not empty after {options.Limit}: {await _site.Requests.CountAsync()}");
        }
    }
}
