using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Handling;
using Archiver.Poller.Receiving;

namespace Archiver.Tests.Poller.Receiving;

public sealed class OutageTests
{
    private static readonly Disposition Completed = new(DispositionKind.Complete);

    private readonly Outage _outage;
    private ArchiverException? _problem;
    private int _looks;

    public OutageTests() => _outage = new Outage(_ =>
    {
        _looks++;
        return Task.FromResult(_problem);
    });

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

    [Theory]
    [InlineData(OutageSign.None, 1, false, false)]
    [InlineData(OutageSign.Possible, 2, false, false)]
    [InlineData(OutageSign.Certain, 2, true, true)]
    public async Task What_a_failure_leads_to_when_a_look_finds_nothing(OutageSign sign, int looks, bool isProblem, bool isTrial)
    {
        await _outage.FindAsync(Token);
        _outage.Learn(new Disposition(DispositionKind.Release, Outage: sign));

        var found = await _outage.FindAsync(Token);

        Assert.Equal((looks, isProblem, isTrial), (_looks, found is not null, _outage.TakeTrial()));
        Assert.False(_outage.IsSuspected);
        Assert.False(_outage.TakeTrial());
    }

    [Fact]
    public async Task A_certain_sign_is_not_weakened_by_a_possible_one()
    {
        await _outage.FindAsync(Token);
        _outage.Learn(new Disposition(DispositionKind.Release, Outage: OutageSign.Certain));
        _outage.Learn(new Disposition(DispositionKind.Release, Outage: OutageSign.Possible));

        Assert.NotNull(await _outage.FindAsync(Token));
    }

    [Fact]
    public async Task As_long_as_there_is_a_problem_it_is_looked_for_again()
    {
        _problem = new ArchiverException(ExitCode.Unavailable, "down");
        for (var i = 0; i < 3; i++)
        {
            Assert.Same(_problem, await _outage.FindAsync(Token));
            _outage.EndPause();
        }

        _problem = null;
        Assert.Null(await _outage.FindAsync(Token));
        Assert.False(_outage.IsSuspected);
        Assert.False(_outage.TakeTrial());
    }

    [Fact]
    public async Task What_fails_during_a_pause_does_not_lead_to_another()
    {
        await _outage.FindAsync(Token);
        _outage.Learn(new Disposition(DispositionKind.Release, Outage: OutageSign.Certain));
        await _outage.FindAsync(Token);
        _outage.Learn(new Disposition(DispositionKind.Release, Outage: OutageSign.Certain));
        _outage.EndPause();

        Assert.False(_outage.IsSuspected);
        Assert.True(_outage.TakeTrial());
    }

    [Fact]
    public void Pauses_grow_up_to_a_minute_and_begin_again_after_a_completion()
    {
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], Enumerable.Range(0, 8).Select(_ => _outage.Pauses.Next().TotalSeconds));
        for (var i = 0; i < 100; i++)
            Assert.Equal(60, _outage.Pauses.Next().TotalSeconds);

        _outage.Learn(new Disposition(DispositionKind.Reject));
        Assert.Equal(60, _outage.Pauses.Next().TotalSeconds);
        _outage.Learn(Completed);
        Assert.Equal(1, _outage.Pauses.Next().TotalSeconds);
    }
}
