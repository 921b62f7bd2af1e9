using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Leases;
using Archiver.Queues;
using Archiver.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Serilog.Core;

namespace Archiver.Tests.Poller.Leases;

public sealed class LeaseRenewerTests : IAsyncDisposable
{
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _clock = new();
    private readonly LeasedQueue _queue = new();
    private readonly LeaseRenewer _keeper;

    public LeaseRenewerTests() => _keeper = new LeaseRenewer(_queue, Visibility, _clock, Logger.None);

    public async ValueTask DisposeAsync()
    {
        await _keeper.DisposeAsync();
        await _queue.DisposeAsync();
    }

    [Fact]
    public async Task All_messages_are_kept_in_one_call_three_times_in_a_visibility_timeout()
    {
        using var a = _keeper.Hold("a");
        using var b = _keeper.Hold("b");

        for (var i = 0; i < 6; i++)
        {
            _clock.Advance(Visibility / 3);
            Assert.Equal([new("a", Visibility), new("b", Visibility)], (await _queue.NextChangeAsync()).OrderBy(static change => change.ReceiptHandle));
        }
        Assert.Equal(0, _queue.Changes);
    }

    [Fact]
    public async Task A_message_that_is_let_go_is_kept_no_longer()
    {
        using var a = _keeper.Hold("a");
        using var b = _keeper.Hold("b");

        await _keeper.LetGoAsync(a);

        _clock.Advance(Visibility / 3);
        Assert.Equal([new("b", Visibility)], await _queue.NextChangeAsync());
    }

    [Fact]
    public async Task Nothing_is_asked_of_the_queue_when_nothing_is_held()
    {
        using var a = _keeper.Hold("a");
        await _keeper.LetGoAsync(a);
        _clock.Advance(Visibility);

        using var b = _keeper.Hold("b");
        _clock.Advance(Visibility / 3);

        Assert.Equal([new("b", Visibility)], await _queue.NextChangeAsync());
        Assert.Equal(0, _queue.Changes);
    }

    [Fact]
    public async Task A_lost_lease_says_so_and_is_kept_no_longer()
    {
        using var a = _keeper.Hold("a");
        using var b = _keeper.Hold("b");
        var lost = new TaskCompletionSource();
        await using var told = a.Lost.Register(lost.SetResult);
        _queue.Answer = static _ => Task.FromResult<IReadOnlyList<HandleFailure>>([new("a", LeaseLost: true, "gone")]);

        _clock.Advance(Visibility / 3);
        await lost.Task.WithPatience();
        await _queue.NextChangeAsync();
        _clock.Advance(Visibility / 3);

        Assert.Equal([new("b", Visibility)], await _queue.NextChangeAsync());
        Assert.False(b.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_failure_for_now_is_tried_again_before_the_message_comes_back()
    {
        using var a = _keeper.Hold("a");
        _queue.Answer = static _ => Task.FromResult<IReadOnlyList<HandleFailure>>([new("a", LeaseLost: false, "busy")]);

        _clock.Advance(Visibility / 3);
        await _queue.NextChangeAsync();
        _clock.Advance(Visibility / 3);

        Assert.Equal([new("a", Visibility)], await _queue.NextChangeAsync());
        Assert.False(a.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_queue_that_cannot_be_reached_is_tried_again_before_the_messages_come_back()
    {
        using var a = _keeper.Hold("a");
        _queue.Answer = static _ => throw new ArchiverException(ExitCode.Unavailable, "down");

        _clock.Advance(Visibility / 3);
        await _queue.NextChangeAsync();
        _clock.Advance(Visibility / 3);

        Assert.Equal([new("a", Visibility)], await _queue.NextChangeAsync());
        Assert.False(a.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_queue_that_stays_away_for_a_visibility_timeout_costs_the_lease()
    {
        using var a = _keeper.Hold("a");
        _queue.Answer = static _ => throw new ArchiverException(ExitCode.Unavailable, "down");

        _clock.Advance(Visibility / 3);
        await _queue.NextChangeAsync();
        Assert.True(SpinWait.SpinUntil(() => a.State == LeaseState.Unknown, TestTask.Patience));
        _clock.Advance(Visibility / 3);
        await _queue.NextChangeAsync();
        Assert.False(a.Lost.IsCancellationRequested);
        _clock.Advance(Visibility / 3);

        Assert.Equal(LeaseState.Lost, a.State);
    }

    [Fact]
    public async Task An_extension_counts_from_when_it_was_asked_for()
    {
        using var a = _keeper.Hold("a");
        var answer = new TaskCompletionSource<IReadOnlyList<HandleFailure>>();
        _queue.Answer = _ => answer.Task;
        _clock.Advance(Visibility / 3);
        await _queue.NextChangeAsync();
        _clock.Advance(Visibility / 2);
        _queue.Answer = static _ => throw new ArchiverException(ExitCode.Unavailable, "down");
        answer.SetResult([]);
        // The next one is due already, and it fails.
        await _queue.NextChangeAsync();
        Assert.True(SpinWait.SpinUntil(() => a.State == LeaseState.Unknown, TestTask.Patience));

        _clock.Advance(Visibility / 2 - TimeSpan.FromSeconds(1));
        Assert.False(a.Lost.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(LeaseState.Lost, a.State);
    }

    [Fact]
    public async Task Letting_go_waits_for_an_extension_that_could_undo_what_comes_next()
    {
        using var a = _keeper.Hold("a");
        var answer = new TaskCompletionSource<IReadOnlyList<HandleFailure>>();
        _queue.Answer = _ => answer.Task;
        _clock.Advance(Visibility / 3);
        await _queue.NextChangeAsync();

        var lettingGo = _keeper.LetGoAsync(a);

        Assert.False(lettingGo.IsCompleted);
        answer.SetResult([]);
        await lettingGo.WithPatience();
    }

    [Fact]
    public async Task A_queue_that_fails_as_nobody_expects_is_tried_again_before_the_messages_come_back()
    {
        using var a = _keeper.Hold("a");
        _queue.Answer = static _ => throw new FormatException("an answer that nobody can read");

        _clock.Advance(Visibility / 3);
        await _queue.NextChangeAsync();
        _queue.Answer = static _ => Task.FromResult<IReadOnlyList<HandleFailure>>([]);
        await _clock.AdvanceUntilAsync(() => a.State == LeaseState.Renewed, TimeSpan.FromMilliseconds(100));

        Assert.Equal(1, _keeper.Loop.Restarts);
    }

    [Fact]
    public async Task Answers_about_others_and_the_same_one_twice_do_no_harm()
    {
        using var a = _keeper.Hold("a");
        using var b = _keeper.Hold("b");
        _queue.Answer = static _ => Task.FromResult<IReadOnlyList<HandleFailure>>(
            [new("a", LeaseLost: false, "busy"), new("a", LeaseLost: false, "busy"), new("stranger", LeaseLost: true, "gone")]);

        _clock.Advance(Visibility / 3);
        await _queue.NextChangeAsync();

        Assert.True(SpinWait.SpinUntil(() => (a.State, b.State) == (LeaseState.Unknown, LeaseState.Renewed), TestTask.Patience));
        Assert.Equal(0, _keeper.Loop.Restarts);
    }

    [Fact]
    public async Task Work_that_cannot_bear_its_loss_takes_no_other_with_it()
    {
        using var a = _keeper.Hold("a");
        using var b = _keeper.Hold("b");
        await using var told = a.Lost.Register(static () => throw new InvalidOperationException("unbearable"));
        _queue.Answer = static _ => Task.FromResult<IReadOnlyList<HandleFailure>>([new("a", LeaseLost: true, "gone")]);

        _clock.Advance(Visibility / 3);
        await _queue.NextChangeAsync();

        Assert.True(SpinWait.SpinUntil(() => b.State == LeaseState.Renewed, TestTask.Patience));
        Assert.Equal((LeaseState.Lost, 0), (a.State, _keeper.Loop.Restarts));
    }

    [Fact]
    public async Task A_lease_that_was_disposed_of_without_being_let_go_does_no_harm()
    {
        _keeper.Hold("a").Dispose();
        using var b = _keeper.Hold("b");

        _clock.Advance(Visibility / 3);
        await _queue.NextChangeAsync();

        Assert.True(SpinWait.SpinUntil(() => b.State == LeaseState.Renewed, TestTask.Patience));
        Assert.Equal(0, _keeper.Loop.Restarts);
    }

    [Fact]
    public async Task A_call_that_is_never_answered_leaves_time_for_another()
    {
        using var a = _keeper.Hold("a");
        _queue.HangsUntilCancelled = true;
        _clock.Advance(Visibility / 3);
        await _queue.NextChangeAsync();

        _clock.Advance(Visibility / 3);

        Assert.True(SpinWait.SpinUntil(() => a.State == LeaseState.Unknown, TestTask.Patience));
        Assert.Equal([new("a", Visibility)], await _queue.NextChangeAsync());
        Assert.False(a.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_visibility_timeout_that_became_shorter_is_kept_to()
    {
        using var a = _keeper.Hold("a");
        _keeper.Visibility = Visibility / 3;
        _clock.Advance(Visibility / 3);
        Assert.Equal([new("a", Visibility / 3)], await _queue.NextChangeAsync());
        Assert.True(SpinWait.SpinUntil(() => a.State == LeaseState.Renewed, TestTask.Patience));

        await _clock.AdvanceUntilAsync(() => _queue.Changes > 0, Visibility / 9);

        Assert.False(a.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task What_is_abandoned_is_lost()
    {
        using var a = _keeper.Hold("a");
        using var b = _keeper.Hold("b");
        await _keeper.LetGoAsync(b);

        _keeper.Abandon();

        Assert.Equal((LeaseState.Lost, LeaseState.Lost), (a.State, b.State));
    }
}
