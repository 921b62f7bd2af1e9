using Archiver.Poller.Receiving;
using Archiver.Poller.Settling;

namespace Archiver.Tests.Poller.Receiving;

public sealed class CircuitBreakerTests
{
    private static readonly DateTimeOffset Noon = new(2024, 5, 30, 12, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Each step is a letter: <c>a</c> to <c>z</c> a failure of that message, <c>+</c> a success, <c>/</c> a check that finds nothing, <c>!</c> one that finds a
    /// problem, <c>?</c> one that does not know, <c>.</c> the end of a pause, <c>~</c> a trial that works for long.
    /// </summary>
    [Theory]
    // At the start and after a pause that a check began, a check decides.
    [InlineData("", "closed check")]
    [InlineData("/", "closed")]
    [InlineData("?", "closed")]
    [InlineData("!", "open 1s confirmed")]
    [InlineData("!.", "closed check")]
    [InlineData("!.!", "open 2s confirmed")]
    [InlineData("!.!.!.!.!.!.!", "open 60s confirmed")]
    [InlineData("!./", "closed")]
    // What was received before goes on failing, or ends well, and changes nothing.
    [InlineData("!abcd", "open 1s confirmed")]
    [InlineData("!+", "open 1s confirmed")]
    // One message is nobody else's problem, nor are two.
    [InlineData("/aaaaaaaaaa", "closed")]
    [InlineData("/ab", "closed")]
    [InlineData("/ab+ab+ab+ab", "closed")]
    // Several are one, when a check or nobody knows better.
    [InlineData("/abc", "closed check")]
    [InlineData("/abc!", "open 1s confirmed")]
    [InlineData("/abc/", "open 1s")]
    [InlineData("?abc?", "open 1s")]
    // After the pause some are tried, more each time where a check finds nothing.
    [InlineData("/abc/.", "half-open 2")]
    [InlineData("/abc/.d", "open 2s")]
    [InlineData("/abc/.d.", "half-open 4")]
    [InlineData("/abc/.d.e.f.g", "open 5s")]
    [InlineData("/abc/.d.e.f.g.", "half-open 10")]
    [InlineData("?abc?.d.e.f.g.h.i.j", "open 60s")]
    [InlineData("?abc?.d.", "half-open 1")]
    // The same message again says as much: it is all there is.
    [InlineData("?abc?.a.a", "open 4s")]
    // A success ends it at once, and so does work that goes on.
    [InlineData("/abc/+", "closed")]
    [InlineData("/abc/.+", "closed")]
    [InlineData("/abc/.~", "closed")]
    // Whoever was wrong believes less the next time.
    [InlineData("/abc/.+abcde", "closed")]
    [InlineData("/abc/.+abcdef", "closed check")]
    [InlineData("/abc/.+abcdef/", "open 1s")]
    [InlineData("/abc/.+abcdef/.+abcdefghijk", "closed")]
    [InlineData("/abc/.+abcdef/.+abcdefghijkl", "closed check")]
    // A check still tells at once.
    [InlineData("/abc/.+abcdef!", "open 1s confirmed")]
    public void Every_story_ends_as_the_table_says(string story, string end)
    {
        var breaker = story.Aggregate(new CircuitBreaker(), static (breaker, step) => Step(breaker, step, Noon));

        Assert.Equal(end, Describe(breaker, Noon));
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    public void A_single_failure_is_looked_into_when_the_last_look_is_a_while_ago(int seconds, bool isChecked)
    {
        var breaker = Step(Step(new CircuitBreaker(), '/', Noon), 'a', Noon);

        Assert.Equal(isChecked, breaker.WantsCheck(Noon.AddSeconds(seconds)));
    }

    [Fact]
    public void Without_a_failure_nothing_is_looked_into() =>
        Assert.False(Step(new CircuitBreaker(), '/', Noon).WantsCheck(Noon.AddDays(1)));

    [Fact]
    public void A_doubt_is_looked_into()
    {
        var breaker = Step(new CircuitBreaker(), '/', Noon);
        var doubted = breaker.After(new BreakerEvent.MachineIsShort(), Noon);

        Assert.True(doubted.WantsCheck(Noon));
        Assert.False(Step(doubted, '/', Noon).WantsCheck(Noon));
    }

    [Theory]
    [InlineData(14, false)]
    [InlineData(15, true)]
    public void Mistrust_is_forgotten_after_a_while(int minutes, bool isForgotten)
    {
        var wrong = "/abc/.+".Aggregate(new CircuitBreaker(), static (breaker, step) => Step(breaker, step, Noon));
        var later = Noon.AddMinutes(minutes);
        // The last check is fresh: what it finds is not the question.
        var breaker = "a/+abc".Aggregate(wrong, (breaker, step) => Step(breaker, step, later));

        Assert.Equal(isForgotten, breaker.WantsCheck(later));
    }

    [Theory]
    [InlineData(20, 16)]
    [InlineData(100, 60)]
    public void Messages_that_fail_in_a_row_for_reasons_of_their_own_hold_up_those_behind_them_for_a_bounded_time(int poisoned, int seconds)
    {
        var breaker = Step(new CircuitBreaker(), '/', Noon);
        var paused = TimeSpan.Zero;
        for (var sent = 0; sent < poisoned;)
        {
            if (breaker.WantsCheck(Noon))
                breaker = Step(breaker, '/', Noon);
            if (breaker.State == BreakerState.Open)
            {
                paused += breaker.Pause;
                breaker = Step(breaker, '.', Noon);
            }
            var let = breaker.State == BreakerState.HalfOpen ? breaker.Trials : 1;
            for (var i = 0; i < let; i++)
                breaker = Fail(breaker, $"poisoned {sent++}", Noon);
        }
        Assert.InRange(paused.TotalSeconds, 0, seconds);
    }

    private static CircuitBreaker Step(CircuitBreaker breaker, char step, DateTimeOffset now) => step switch
    {
        '+' => breaker.After(new BreakerEvent.MessageEnded("some", breaker.Period, new Disposition(DispositionKind.Complete)), now),
        '/' => breaker.After(new BreakerEvent.Checked(CheckVerdict.Fine), now),
        '!' => breaker.After(new BreakerEvent.Checked(CheckVerdict.Bad), now),
        '?' => breaker.After(new BreakerEvent.Checked(CheckVerdict.Unknown), now),
        '.' => breaker.After(new BreakerEvent.PauseEnded(), now),
        '~' => breaker.After(new BreakerEvent.TrialSurvived(), now),
        _ => Fail(breaker, $"{step}", now),
    };

    private static CircuitBreaker Fail(CircuitBreaker breaker, string messageId, DateTimeOffset now) =>
        breaker.After(new BreakerEvent.MessageEnded(messageId, breaker.Period, new Disposition(DispositionKind.Release, Outage: OutageSign.Possible)), now);

    private static string Describe(CircuitBreaker breaker, DateTimeOffset now) => breaker.State switch
    {
        BreakerState.Open => $"open {breaker.Pause.TotalSeconds}s{(breaker.IsConfirmed ? " confirmed" : "")}",
        BreakerState.HalfOpen => $"half-open {breaker.Trials}",
        _ => breaker.WantsCheck(now) ? "closed check" : "closed",
    };
}
