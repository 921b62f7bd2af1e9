using Archiver.Poller.Jobs;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Tests.Poller.Jobs;

public sealed class LogAllowanceTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LogAllowance _allowance;

    public LogAllowanceTests() => _allowance = new LogAllowance(_time);

    [Fact]
    public void A_burst_is_taken_up_to_its_bound()
    {
        Assert.InRange(TakeUntilRefused(1000), 800, 1048);
        Assert.Equal(1, _allowance.TakeDropped());
    }

    [Fact]
    public void Empty_lines_are_not_free() => Assert.InRange(TakeUntilRefused(0), 1, 5_000);

    [Theory]
    [InlineData(1, false)]
    [InlineData(9, false)]
    [InlineData(11, true)]
    public void A_refusal_lasts_until_enough_has_come_together(int seconds, bool taken)
    {
        TakeUntilRefused(1000);
        _time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(taken, _allowance.Take(1000));
    }

    [Fact]
    public void Who_waits_long_has_the_whole_burst_again_and_no_more()
    {
        var first = TakeUntilRefused(1000);
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(first, TakeUntilRefused(1000));
    }

    [Fact]
    public void A_line_a_second_is_never_refused()
    {
        for (var i = 0; i < 100_000; i++, _time.Advance(TimeSpan.FromSeconds(1)))
            Assert.True(_allowance.Take(2_000));
    }

    [Fact]
    public void What_was_refused_is_counted_once()
    {
        TakeUntilRefused(1000);
        _allowance.Take(1);

        Assert.Equal((2, 0), (_allowance.TakeDropped(), _allowance.TakeDropped()));
    }

    private int TakeUntilRefused(int bytes)
    {
        var taken = 0;
        while (_allowance.Take(bytes))
            taken++;
        return taken;
    }
}
