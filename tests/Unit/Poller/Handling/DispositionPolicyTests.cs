using Archiver.Contract.Boundary;
using Archiver.Poller.Handling;
using FsCheck.Xunit;

namespace Archiver.Tests.Poller.Handling;

public sealed class DispositionPolicyTests
{
    private const int MaxReceives = 5;

    private static readonly BackoffPolicy Backoff = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(60));

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
        var decided = new DispositionPolicy(Backoff, hasRedrive ? MaxReceives : null, hasDeadLetterQueue).Decide(exitCode, receives, 1);

        var isLastReceive = hasRedrive && receives >= MaxReceives;
        var kind = exitCode switch
        {
            0 => DispositionKind.Complete,
            65 or 66 when hasDeadLetterQueue => DispositionKind.Reject,
            _ when isLastReceive && hasDeadLetterQueue => DispositionKind.Reject,
            _ => DispositionKind.Release,
        };
        Assert.Equal(kind, decided.Kind);
        Assert.Equal(
            exitCode switch
            {
                69 or 77 or 78 => OutageSign.Possible,
                _ => OutageSign.None,
            },
            decided.Outage);
    }

    [Theory]
    [InlineData(69, 1, 4)]
    [InlineData(75, 2, 8)]
    [InlineData(70, 3, 16)]
    [InlineData(78, 4, 32)]
    [InlineData(64, 9, 60)]
    [InlineData(137, 1, 4)]
    public void A_release_waits_longer_with_every_receive(int exitCode, int receives, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new DispositionPolicy(Backoff, null, true).Decide(exitCode, receives, 1).Delay);

    [Theory]
    [InlineData(ExitCode.Interrupted)]
    [InlineData(ExitCode.Terminated)]
    public void What_was_stopped_is_released_at_once(int exitCode) =>
        Assert.Equal(new Disposition(DispositionKind.Release), new DispositionPolicy(Backoff, null, true).Decide(exitCode, 3, 1));

    [Theory]
    [InlineData(ExitCode.DataError)]
    [InlineData(ExitCode.NoInput)]
    public void What_cannot_be_rejected_is_released_with_backoff_and_never_dropped(int exitCode) =>
        Assert.Equal(new Disposition(DispositionKind.Release, TimeSpan.FromSeconds(16)), new DispositionPolicy(Backoff, MaxReceives, false).Decide(exitCode, 3, 1));

    [Theory]
    [InlineData(MaxReceives, false)]
    [InlineData(MaxReceives + 1, true)]
    public void More_receives_than_the_redrive_policy_allows_are_too_many(int receives, bool tooMany)
    {
        Assert.Equal(tooMany, new DispositionPolicy(Backoff, MaxReceives, true).IsReceivedTooOften(receives));
        Assert.False(new DispositionPolicy(Backoff, null, true).IsReceivedTooOften(receives));
    }

    [Property]
    public void Nothing_but_success_is_ever_completed(int exitCode, int receives, bool hasDeadLetterQueue) =>
        Assert.Equal(
            exitCode == 0,
            new DispositionPolicy(Backoff, MaxReceives, hasDeadLetterQueue).Decide(exitCode, Math.Max(1, receives), 0.5).Kind == DispositionKind.Complete);
}
