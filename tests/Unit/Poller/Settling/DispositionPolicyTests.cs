using Archiver.Contract.Boundary;
using Archiver.Poller.Retries;
using Archiver.Poller.Settling;

namespace Archiver.Tests.Poller.Settling;

/// <summary>What is decided when nothing is done yet. <see cref="DispositionStepsTests"/> has what follows.</summary>
public sealed class DispositionPolicyTests
{
    private const int MaxReceives = 5;

    private static readonly Backoff Backoff = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(60));

    private static readonly int[] Codes = [0, 64, 65, 66, 69, 70, 73, 75, 77, 78, 130, 143, 137, 139, 1, 255, -1];

    public static TheoryData<int, int, bool, bool> EveryCase { get; } = new(
        from code in Codes
        from receives in new[] { 1, 3, MaxReceives - 1, MaxReceives, MaxReceives + 1 }
        from hasRedrive in new[] { true, false }
        from hasDeadLetterQueue in new[] { true, false }
        select new TheoryDataRow<int, int, bool, bool>(code, receives, hasRedrive, hasDeadLetterQueue));

    [Theory]
    [MemberData(nameof(EveryCase))]
    public void Every_case_is_decided_as_the_table_says(int exitCode, int receives, bool hasRedrive, bool hasDeadLetterQueue)
    {
        var decided = Policy(hasRedrive ? MaxReceives : null, hasDeadLetterQueue).Decide(new WorkEnd(exitCode, receives), default, 1);

        var isLastReceive = hasRedrive && receives >= MaxReceives;
        var kind = exitCode switch
        {
            0 => DispositionKind.Complete,
            65 or 66 when hasDeadLetterQueue => DispositionKind.Reject,
            130 or 143 when isLastReceive => DispositionKind.PutBack,
            _ when isLastReceive && hasDeadLetterQueue => DispositionKind.Reject,
            _ => DispositionKind.Release,
        };
        Assert.Equal(kind, decided.Kind);
        Assert.Equal(exitCode is 69 or 77 or 78 && kind == DispositionKind.Release ? OutageSign.Possible : OutageSign.None, decided.Outage);
    }

    [Theory]
    [InlineData(69, 1, 4)]
    [InlineData(75, 2, 8)]
    [InlineData(70, 3, 16)]
    [InlineData(78, 4, 32)]
    [InlineData(64, 9, 60)]
    [InlineData(137, 1, 4)]
    public void A_release_waits_longer_with_every_receive(int exitCode, int receives, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Policy(null).Decide(new WorkEnd(exitCode, receives), default, 1).Delay);

    [Theory]
    [InlineData(ExitCode.Interrupted, false)]
    [InlineData(ExitCode.Terminated, false)]
    [InlineData(ExitCode.Killed, true)]
    [InlineData(1, true)]
    public void What_was_stopped_is_released_at_once(int exitCode, bool byPoller) =>
        Assert.Equal(
            new Disposition(DispositionKind.Release) { Next = SettlementStep.Release },
            Policy(MaxReceives).Decide(new WorkEnd(exitCode, 3) { Stopped = byPoller }, default, 1));

    [Theory]
    [InlineData(ExitCode.DataError)]
    [InlineData(ExitCode.NoInput)]
    public void What_cannot_be_rejected_is_released_with_backoff_and_never_dropped(int exitCode) =>
        Assert.Equal(
            new Disposition(DispositionKind.Release, TimeSpan.FromSeconds(16)) { Next = SettlementStep.Release },
            Policy(MaxReceives, hasDeadLetterQueue: false).Decide(new WorkEnd(exitCode, 3), default, 1));

    [Theory]
    [InlineData(MaxReceives, false)]
    [InlineData(MaxReceives + 1, true)]
    public void More_receives_than_the_redrive_policy_allows_are_too_many(int receives, bool tooMany)
    {
        Assert.Equal(tooMany, Policy(MaxReceives).IsReceivedTooOften(receives));
        Assert.False(Policy(null).IsReceivedTooOften(receives));
    }

    [Theory]
    [InlineData(0, 3, 1)]
    [InlineData(1, 3, 2)]
    [InlineData(2, 3, 2)]
    [InlineData(int.MaxValue - 10, 3, 2)]
    [InlineData(0, 1, 0)]
    public void A_stop_at_the_last_receive_puts_back_and_leaves_at_least_one_try(int earlier, int maxReceives, int tries)
    {
        var decided = Policy(maxReceives).Decide(new WorkEnd(143, maxReceives) { EarlierTries = earlier, Stopped = true }, default, 1);

        Assert.Equal((DispositionKind.PutBack, SettlementStep.PutBack, tries), (decided.Kind, decided.Next, decided.Tries));
    }

    [Fact]
    public void A_program_that_always_ends_as_if_it_were_stopped_is_rejected_in_the_end()
    {
        var (policy, earlier, putBacks) = (Policy(3), 0, 0);
        while (policy.Decide(new WorkEnd(143, 3) { EarlierTries = earlier }, default, 1) is { Kind: DispositionKind.PutBack } decided)
            (earlier, putBacks) = (decided.Tries, putBacks + 1);

        Assert.Equal(2, putBacks);
    }

    [Theory]
    [InlineData(1, 1, nameof(DispositionKind.Release))]
    [InlineData(2, 1, nameof(DispositionKind.Reject))]
    [InlineData(1, 2, nameof(DispositionKind.Reject))]
    public void Tries_from_before_a_message_was_put_back_count(int earlier, int receives, string kind) =>
        Assert.Equal(kind, $"{Policy(3).Decide(new WorkEnd(75, receives) { EarlierTries = earlier }, default, 1).Kind}");

    [Fact]
    public void What_is_lost_is_left_alone() =>
        Assert.Equal(new Disposition(DispositionKind.LeaveAlone), Policy(3).Decide(new WorkEnd(0, 3) { LeaseLost = true }, default, 1));

    [Theory]
    [InlineData(1, nameof(SettlementStep.Release))]
    [InlineData(MaxReceives, nameof(SettlementStep.Tell))]
    public void What_the_dead_letter_queue_cannot_hold_is_told_of_when_the_queue_moves_it_next(int receives, string step) =>
        Assert.Equal(step, $"{Policy(MaxReceives).Decide(new WorkEnd(65, receives) { TooLargeToKeep = true }, default, 1).Next}");

    [Fact]
    public void What_is_released_has_ended()
    {
        var end = new WorkEnd(69, 1);
        var released = Policy(3).Decide(end, new SettlementProgress(Release: StepState.Done), 1);

        Assert.Equal(SettlementStep.Release, Policy(3).Decide(end, default, 1).Next);
        Assert.Equal((DispositionKind.Release, SettlementStep.Nothing, OutageSign.Possible), (released.Kind, released.Next, released.Outage));
    }

    private static DispositionPolicy Policy(int? maxReceives, bool hasDeadLetterQueue = true) => new(Backoff, maxReceives, hasDeadLetterQueue);
}
