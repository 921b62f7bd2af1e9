using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Handling;
using Archiver.Poller.Receiving;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Tests.Poller.Receiving;

public sealed class OutageTests
{
    private static readonly ArchiverException Down = new(ExitCode.Unavailable, "down");

    private readonly Outage _outage;
    private Readiness _answer = new(CheckVerdict.Fine);
    private int _looks;

    public OutageTests() => _outage = new Outage(_ =>
    {
        _looks++;
        return Task.FromResult(_answer);
    }, new FakeTimeProvider());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_receive_waits_for_a_look_and_the_next_does_not()
    {
        Assert.True(_outage.IsSuspected);
        Assert.Null(await _outage.FindAsync(Token));
        Assert.False(_outage.IsSuspected);
        Assert.Null(await _outage.FindAsync(Token));
        Assert.Equal(1, _looks);
    }

    [Fact]
    public async Task As_long_as_there_is_a_problem_it_is_looked_for_again()
    {
        _answer = Readiness.Bad(Down);
        for (var i = 1; i <= 3; i++)
        {
            var found = await _outage.FindAsync(Token);
            Assert.Equal((Down, true, i), (found!.Problem, found.IsConfirmed, found.Openings));
            _outage.EndPause();
        }

        _answer = new Readiness(CheckVerdict.Fine);
        Assert.Null(await _outage.FindAsync(Token));
        Assert.False(_outage.IsSuspected);
        Assert.Null(_outage.Trials);
    }

    [Fact]
    public async Task Several_failures_that_no_look_explains_pause_until_a_message_succeeds()
    {
        await OpenAsync();
        Assert.False(_outage.WhenClosed.IsCompleted);

        _outage.EndPause();
        Assert.Null(await _outage.FindAsync(Token));
        Assert.Equal(2, _outage.Trials);

        _outage.Learn("good", _outage.Period, new Disposition(DispositionKind.Complete));
        Assert.Null(_outage.Trials);
        Assert.True(_outage.WhenClosed.IsCompleted);
    }

    [Fact]
    public async Task A_trial_that_fails_begins_the_next_pause_without_a_look()
    {
        await OpenAsync();
        _outage.EndPause();
        var looks = _looks;

        Fail("another", _outage.Period);

        Assert.True(_outage.IsSuspected);
        Assert.Equal((2, false), ((await _outage.FindAsync(Token))!.Openings, (await _outage.FindAsync(Token))!.IsConfirmed));
        Assert.Equal(looks, _looks);
    }

    [Fact]
    public async Task What_was_received_before_a_pause_is_no_trial()
    {
        var before = _outage.Period;
        await OpenAsync();
        _outage.EndPause();

        Fail("old", before);

        Assert.False(_outage.IsSuspected);
        Assert.Equal(2, _outage.Trials);
    }

    [Fact]
    public async Task A_rejected_message_says_nothing_of_others()
    {
        await _outage.FindAsync(Token);
        for (var i = 0; i < 100; i++)
            _outage.Learn($"{i}", _outage.Period, new Disposition(DispositionKind.Reject));

        Assert.False(_outage.IsSuspected);
    }

    [Theory]
    [InlineData(ReceiveMode.Forever, true, ExitCode.Unavailable, true, 1, false)]
    [InlineData(ReceiveMode.Forever, true, ExitCode.Config, true, 1, true)]
    [InlineData(ReceiveMode.Forever, true, ExitCode.NoPermission, true, 1, true)]
    [InlineData(ReceiveMode.Forever, true, ExitCode.Config, false, 99, false)]
    [InlineData(ReceiveMode.Forever, false, ExitCode.Unavailable, false, 99, false)]
    [InlineData(ReceiveMode.Drain, true, ExitCode.Unavailable, false, 1, true)]
    [InlineData(ReceiveMode.Drain, false, ExitCode.Unavailable, false, 4, false)]
    [InlineData(ReceiveMode.Drain, false, ExitCode.Unavailable, false, 5, true)]
    [InlineData(ReceiveMode.Once, true, ExitCode.Unavailable, true, 1, true)]
    public void Whether_the_poller_ends_because_of_it(ReceiveMode mode, bool isConfirmed, int exitCode, bool isStart, int openings, bool ends) =>
        Assert.Equal(ends, new OutageFound(new ArchiverException(exitCode, "reason"), isConfirmed, openings, TimeSpan.Zero).EndsRun(mode, isStart));

    private async Task OpenAsync()
    {
        await _outage.FindAsync(Token);
        foreach (var name in (string[])["one", "two", "three"])
            Fail(name, _outage.Period);
        var found = await _outage.FindAsync(Token);
        Assert.Equal((false, 1), (found!.IsConfirmed, found.Openings));
    }

    private void Fail(string messageId, int period) => _outage.Learn(messageId, period, new Disposition(DispositionKind.Release, Outage: OutageSign.Possible));
}
