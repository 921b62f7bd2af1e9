using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Receiving;
using Archiver.Queues;
using Archiver.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Serilog.Core;

namespace Archiver.Tests.Poller.Receiving;

public sealed class QueueFactsTests : IAsyncDisposable
{
    private static readonly QueueProperties AtTheStart = new()
    {
        VisibilityTimeout = TimeSpan.FromSeconds(30),
        Redrive = new RedrivePolicy("dead", 5),
    };

    private readonly FakeTimeProvider _clock = new();
    private readonly AskedQueue _queue = new();
    private readonly QueueFacts _facts;
    private QueueProperties? _changed;
    private ArchiverException? _failing;

    public QueueFactsTests() => _facts = new QueueFacts(_queue, AtTheStart, ChangeAsync, _clock, Logger.None);

    public async ValueTask DisposeAsync()
    {
        await _facts.DisposeAsync();
        await _queue.DisposeAsync();
    }

    [Fact]
    public async Task A_changed_policy_is_known_a_minute_later()
    {
        Assert.Equal(5, _facts.MaxReceiveCount);
        _queue.Answer = static () => AtTheStart with { Redrive = new RedrivePolicy("dead", 2), VisibilityTimeout = TimeSpan.FromSeconds(9) };

        await _clock.AdvanceUntilAsync(() => _changed is not null, TimeSpan.FromMinutes(1));

        Assert.Equal(2, _facts.MaxReceiveCount);
        Assert.Equal(TimeSpan.FromSeconds(9), _changed!.VisibilityTimeout);
    }

    [Fact]
    public async Task Counts_that_change_change_nothing()
    {
        _queue.Answer = static () => AtTheStart with { Visible = 17 };

        await _clock.AdvanceUntilAsync(() => _queue.Asked > 2, TimeSpan.FromMinutes(1));

        Assert.Null(_changed);
    }

    [Fact]
    public async Task A_queue_that_does_not_answer_leaves_what_was_known()
    {
        _queue.Answer = static () => throw new ArchiverException(ExitCode.Unavailable, "down");

        await _clock.AdvanceUntilAsync(() => _queue.Asked > 2, TimeSpan.FromMinutes(1));

        Assert.Equal((5, 0), (_facts.MaxReceiveCount, _facts.Loop.Restarts));
    }

    [Fact]
    public async Task A_change_that_nobody_could_act_on_is_told_again()
    {
        _queue.Answer = static () => AtTheStart with { Redrive = new RedrivePolicy("another", 5) };
        _failing = new ArchiverException(ExitCode.Unavailable, "down");
        await _clock.AdvanceUntilAsync(() => _queue.Asked > 2, TimeSpan.FromMinutes(1));
        Assert.Null(_changed);

        _failing = null;
        await _clock.AdvanceUntilAsync(() => _changed is not null, TimeSpan.FromMinutes(1));
    }

    private Task ChangeAsync(QueueProperties changed, CancellationToken stop)
    {
        if (_failing is { } failing)
            throw failing;
        _changed = changed;
        return Task.CompletedTask;
    }

    private sealed class AskedQueue : PartialQueue
    {
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public Func<QueueProperties> Answer { get; set; } = static () => AtTheStart;

        public override Task<QueueProperties> GetPropertiesAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            return Task.FromResult(Answer());
        }
    }
}
