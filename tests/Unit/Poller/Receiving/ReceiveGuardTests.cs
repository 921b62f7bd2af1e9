using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Receiving;
using Archiver.Poller.Settling;
using Archiver.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Tests.Poller.Receiving;

public sealed class ReceiveGuardTests
{
    private static readonly ArchiverException Down = new(ExitCode.Unavailable, "down");

    private readonly FakeTimeProvider _clock = new();
    private readonly ReceiveGuard _guard;
    private BreakerEvent.Checked _answer = new(CheckVerdict.Fine);
    private int _looks;

    public ReceiveGuardTests() => _guard = new ReceiveGuard(_ =>
    {
        _looks++;
        return Task.FromResult(_answer);
    }, _clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ReceiveAdvice AsManyAsThereAreSlots { get; } = new ReceiveAdvice.Receive(null);

    [Fact]
    public async Task The_first_receive_waits_for_a_look_and_the_next_does_not()
    {
        Assert.IsType<ReceiveAdvice.Check>(_guard.Advice);
        Assert.Equal(AsManyAsThereAreSlots, await _guard.AskAsync(Token));
        Assert.Equal(AsManyAsThereAreSlots, _guard.Advice);
        Assert.Equal(AsManyAsThereAreSlots, await _guard.AskAsync(Token));
        Assert.Equal(1, _looks);
    }

    [Fact]
    public async Task As_long_as_there_is_a_problem_it_is_looked_for_again()
    {
        _answer = new BreakerEvent.Checked(CheckVerdict.Bad, Down);
        for (var i = 1; i <= 3; i++)
        {
            var outage = await AskForOutageAsync();
            Assert.Equal((Down, true, i), (outage.Problem, outage.IsConfirmed, outage.Openings));
            _guard.Record(new BreakerEvent.PauseEnded());
        }

        _answer = new BreakerEvent.Checked(CheckVerdict.Fine);
        Assert.Equal(AsManyAsThereAreSlots, await _guard.AskAsync(Token));
        Assert.Equal(AsManyAsThereAreSlots, _guard.Advice);
    }

    [Fact]
    public async Task Several_failures_that_no_look_explains_pause_until_a_message_succeeds()
    {
        await OpenAsync();
        Assert.False(_guard.WhenClosed.IsCompleted);

        _guard.Record(new BreakerEvent.PauseEnded());
        Assert.Equal(new ReceiveAdvice.Receive(2), await _guard.AskAsync(Token));
        Assert.Equal(new ReceiveAdvice.Receive(2), _guard.Advice);

        _guard.Record(new BreakerEvent.MessageEnded("good", _guard.Period, new Disposition(DispositionKind.Complete)));
        Assert.Equal(AsManyAsThereAreSlots, _guard.Advice);
        Assert.True(_guard.WhenClosed.IsCompleted);
    }

    [Fact]
    public async Task A_trial_that_fails_begins_the_next_pause_without_a_look()
    {
        await OpenAsync();
        _guard.Record(new BreakerEvent.PauseEnded());
        var looks = _looks;

        Fail("another", _guard.Period);

        Assert.IsType<ReceiveAdvice.Wait>(_guard.Advice);
        Assert.Equal((2, false), ((await AskForOutageAsync()).Openings, (await AskForOutageAsync()).IsConfirmed));
        Assert.Equal(looks, _looks);
    }

    [Fact]
    public async Task What_was_received_before_a_pause_is_no_trial()
    {
        var before = _guard.Period;
        await OpenAsync();
        _guard.Record(new BreakerEvent.PauseEnded());

        Fail("old", before);

        Assert.Equal(new ReceiveAdvice.Receive(2), _guard.Advice);
    }

    [Fact]
    public async Task A_rejected_message_says_nothing_of_others()
    {
        await _guard.AskAsync(Token);
        for (var i = 0; i < 100; i++)
            _guard.Record(new BreakerEvent.MessageEnded($"{i}", _guard.Period, new Disposition(DispositionKind.Reject)));

        Assert.Equal(AsManyAsThereAreSlots, _guard.Advice);
    }

    [Fact]
    public async Task Messages_on_trial_that_work_for_long_close_it()
    {
        await OpenAsync();
        _guard.Record(new BreakerEvent.PauseEnded());

        var watching = _guard.WatchAsync([new TaskCompletionSource().Task], Token);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await watching.WithPatience();

        Assert.Equal(AsManyAsThereAreSlots, _guard.Advice);
    }

    [Fact]
    public async Task Messages_on_trial_that_end_sooner_say_by_their_ends_what_they_say()
    {
        await OpenAsync();
        _guard.Record(new BreakerEvent.PauseEnded());

        await _guard.WatchAsync([Task.CompletedTask], Token).WithPatience();

        Assert.Equal(new ReceiveAdvice.Receive(2), _guard.Advice);
    }

    [Theory]
    [InlineData(nameof(ReceiveMode.Forever), true, ExitCode.Unavailable, true, 1, false)]
    [InlineData(nameof(ReceiveMode.Forever), true, ExitCode.Config, true, 1, true)]
    [InlineData(nameof(ReceiveMode.Forever), true, ExitCode.NoPermission, true, 1, true)]
    [InlineData(nameof(ReceiveMode.Forever), true, ExitCode.Config, false, 99, false)]
    [InlineData(nameof(ReceiveMode.Forever), false, ExitCode.Unavailable, false, 99, false)]
    [InlineData(nameof(ReceiveMode.Drain), true, ExitCode.Unavailable, false, 1, true)]
    [InlineData(nameof(ReceiveMode.Drain), false, ExitCode.Unavailable, false, 4, false)]
    [InlineData(nameof(ReceiveMode.Drain), false, ExitCode.Unavailable, false, 5, true)]
    [InlineData(nameof(ReceiveMode.Once), true, ExitCode.Unavailable, true, 1, true)]
    public void Whether_the_poller_ends_because_of_it(string mode, bool isConfirmed, int exitCode, bool isStart, int openings, bool ends) =>
        Assert.Equal(ends, new Outage(new ArchiverException(exitCode, "reason"), isConfirmed, openings, TimeSpan.Zero).EndsRun(Enum.Parse<ReceiveMode>(mode), isStart));

    private async Task<Outage> AskForOutageAsync() => Assert.IsType<ReceiveAdvice.Wait>(await _guard.AskAsync(Token)).Outage;

    private async Task OpenAsync()
    {
        await _guard.AskAsync(Token);
        foreach (var name in (string[])["one", "two", "three"])
            Fail(name, _guard.Period);
        var outage = await AskForOutageAsync();
        Assert.Equal((false, 1), (outage.IsConfirmed, outage.Openings));
    }

    private void Fail(string messageId, int period) =>
        _guard.Record(new BreakerEvent.MessageEnded(messageId, period, new Disposition(DispositionKind.Release, Outage: OutageSign.Possible)));
}
