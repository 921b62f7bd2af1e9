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

    private readonly ChaosRequests _requests = new(options);
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
            for (var i = 0; i < request.Sends; i++)
                await _site.Requests.SendAsync(request.Body);

        BeginFaults();
        _fleet = new PollerFleet(StartPoller);
        _clock.Start();
        _fleet.Start(options.Pollers);
        await KillAsync();
        await UntilEmptyAsync();
        var took = _clock.Elapsed;
        var exits = await _fleet.StopAsync();
        return await new ChaosAudit(_requests, _site).ReportAsync(_fleet, exits, _s3.Counters, _sqs.Counters, took);
    }

    public async ValueTask DisposeAsync()
    {
        await _fleet.DisposeAsync();
        await _s3.DisposeAsync();
        await _sqs.DisposeAsync();
        await _site.DisposeAsync();
    }

    private void BeginFaults()
    {
        foreach (var (kind, rate) in ((FaultKind, double)[])
            [(FaultKind.InternalError, 0.02), (FaultKind.SlowDown, 0.02), (FaultKind.Reset, 0.01), (FaultKind.AnswerLost, 0.01), (FaultKind.CutShort, 0.01), (FaultKind.Delay, 0.03)])
        {
            _s3.Faults.Add(new Fault(kind) { Rate = rate });
            _sqs.Faults.Add(new Fault(kind) { Rate = rate });
        }
    }

    private ProgramUnderTest StartPoller()
    {
        (string, string?)[] settings =
        [
            ("AWS_ENDPOINT_URL_S3", _s3.Url.ToString()), ("AWS_ENDPOINT_URL_SQS", _sqs.Url.ToString()), ("MAX_CONCURRENCY", $"{options.Concurrency}"),
            ("Poller__BackoffBase", "200ms"), ("Poller__BackoffMax", "2s"), ("Processor__GracePeriod", "5s"),
        ];
        return options.Programs is { } programs
            ? _site.StartProgram(Path.Combine(programs, "archiver-poller"), settings)
            : _site.StartPoller("", settings);
    }

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
