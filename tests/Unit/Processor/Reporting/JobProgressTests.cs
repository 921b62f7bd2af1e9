using Archiver.Processor.Reporting;
using Archiver.Programs.Logging;
using Archiver.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Archiver.Tests.Processor.Reporting;

/// <summary>What a supervisor sees of a job, phase by phase.</summary>
public sealed class JobProgressTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly LineSink _log = new();
    private readonly JobProgress _progress;

    public JobProgressTests() => _progress = new JobProgress(new LoggerConfiguration().WriteTo.Sink(_log).CreateLogger(), null, _clock);

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task A_plan_that_is_soon_made_tells_nothing()
    {
        await _progress.WhilePlanningAsync(static () => 7, static () => Task.FromResult(1));

        Assert.Empty(_log.Events);
    }

    [Fact]
    public async Task A_plan_that_takes_long_tells_what_was_found_every_second()
    {
        var found = 0L;
        var work = new TaskCompletionSource<int>();
        var planning = _progress.WhilePlanningAsync(() => found, () => work.Task);

        for (var second = 1; second <= 3; second++)
        {
            found = second * 1000;
            _clock.Advance(TimeSpan.FromSeconds(1));
            await _log.NextAsync();
        }
        work.SetResult(1);
        await planning.WithPatience();

        Assert.Equal(["1000", "2000", "3000"], Told(LogProperty.ObjectsFound));
    }

    [Fact]
    public async Task A_transfer_is_told_at_its_beginning_and_its_end()
    {
        var progress = new TransferProgress(10, 2);

        await _progress.WhileTransferringAsync(progress, () =>
        {
            progress.Add(10, 2);
            return Task.FromResult(1);
        });

        Assert.Equal(["0", "10"], Told(LogProperty.BytesDone));
        Assert.Equal(["0", "2"], Told(LogProperty.EntriesDone));
    }

    [Fact]
    public async Task A_completion_that_takes_long_does_not_look_stuck()
    {
        var work = new TaskCompletionSource<int>();
        var completing = _progress.WhileCompletingAsync(() => work.Task);

        for (var second = 1; second <= 3; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await _log.NextAsync();
        }
        work.SetResult(1);
        await completing.WithPatience();

        Assert.Equal(["1", "2", "3"], Told(LogProperty.CompletingSeconds));
    }

    [Fact]
    public void Every_phase_is_marked_as_progress() =>
        Assert.Equal(
            [LogProperty.BytesDone, LogProperty.EntriesDone, LogProperty.ObjectsFound, LogProperty.CompletingSeconds],
            LogProperty.OfProgress);

    private string[] Told(string property) =>
        [.. _log.Events.Where(line => line.Properties.ContainsKey(property)).Select(line => line.Properties[property].ToString())];

    /// <summary>Tells when a line has come: they are written by the thread pool, soon after the clock has moved.</summary>
    private sealed class LineSink : ILogEventSink, IDisposable
    {
        private readonly SemaphoreSlim _come = new(0);

        public List<LogEvent> Events { get; } = [];

        public void Emit(LogEvent logEvent)
        {
            Events.Add(logEvent);
            _come.Release();
        }

        public Task NextAsync() => _come.WaitAsync(TestContext.Current.CancellationToken).WithPatience();

        public void Dispose() => _come.Dispose();
    }
}
