using Archiver.Poller.Retries;
using Archiver.Poller.Settling;

namespace Archiver.Tests.Poller.Settling;

/// <summary>A message's whole way to its end, whatever its steps come to.</summary>
public sealed class DispositionStepsTests
{
    private const int MaxReceives = 3;

    private static readonly DispositionPolicy Policy = new(new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)), MaxReceives, HasDeadLetterQueue: true);

    public static TheoryData<int, int, bool, bool> EveryEnd { get; } = new(
        from code in new[] { 0, 65, 75, 77, 143 }
        from receives in new[] { 1, MaxReceives }
        from stopped in new[] { true, false }
        from tooLarge in new[] { true, false }
        select new TheoryDataRow<int, int, bool, bool>(code, receives, stopped, tooLarge));

    [Theory]
    [InlineData(0, 1, "", "Tell Delete", nameof(DispositionKind.Complete))]
    [InlineData(0, 1, "Tell", "Tell Release", nameof(DispositionKind.Release))]
    [InlineData(0, 3, "Tell", "Tell Keep Delete", nameof(DispositionKind.Reject))]
    [InlineData(0, 3, "Tell Keep", "Tell Keep PutBack Delete", nameof(DispositionKind.PutBack))]
    [InlineData(0, 3, "Tell Keep PutBack", "Tell Keep PutBack Release", nameof(DispositionKind.Release))]
    [InlineData(0, 1, "Delete", "Tell Delete Release", nameof(DispositionKind.Release))]
    [InlineData(0, 3, "Delete", "Tell Delete Keep Release", nameof(DispositionKind.Release))]
    [InlineData(65, 1, "", "Tell Keep Delete", nameof(DispositionKind.Reject))]
    [InlineData(65, 1, "Tell", "Tell Release", nameof(DispositionKind.Release))]
    [InlineData(65, 1, "Keep", "Tell Keep Release", nameof(DispositionKind.Release))]
    [InlineData(65, 3, "Tell", "Tell Keep Delete", nameof(DispositionKind.Reject))]
    [InlineData(65, 3, "Keep", "Tell Keep PutBack Delete", nameof(DispositionKind.PutBack))]
    [InlineData(75, 1, "", "Release", nameof(DispositionKind.Release))]
    [InlineData(75, 3, "", "Tell Keep Delete", nameof(DispositionKind.Reject))]
    [InlineData(75, 3, "Delete", "Tell Keep Delete Release", nameof(DispositionKind.Release))]
    [InlineData(143, 1, "", "Release", nameof(DispositionKind.Release))]
    [InlineData(143, 3, "", "PutBack Delete", nameof(DispositionKind.PutBack))]
    [InlineData(143, 3, "PutBack", "PutBack Tell Keep Delete", nameof(DispositionKind.Reject))]
    [InlineData(143, 3, "PutBack Tell", "PutBack Tell Keep Delete", nameof(DispositionKind.Reject))]
    [InlineData(143, 3, "PutBack Keep", "PutBack Tell Keep Release", nameof(DispositionKind.Release))]
    [InlineData(143, 3, "Delete", "PutBack Delete Release", nameof(DispositionKind.Release))]
    public void What_follows_when_steps_fail(int exitCode, int receives, string failing, string steps, string kind)
    {
        var (taken, last, _) = Walk(new WorkEnd(exitCode, receives) { Stopped = exitCode == 143 }, step => failing.Split(' ').Contains($"{step}") ? StepState.Failed : StepState.Done);

        Assert.Equal((steps, kind), (string.Join(' ', taken), $"{last.Kind}"));
    }

    [Fact]
    public void A_failure_that_others_may_meet_is_a_sign_of_an_outage_and_a_refusal_of_one_message_is_none()
    {
        var end = new WorkEnd(0, 1);

        Assert.Equal(OutageSign.Possible, Policy.Decide(end, new SettlementProgress(Completion: StepState.Failed) { OthersMayFail = true }, 1).Outage);
        Assert.Equal(OutageSign.None, Policy.Decide(end, new SettlementProgress(Completion: StepState.Failed), 1).Outage);
    }

    [Theory]
    [MemberData(nameof(EveryEnd))]
    public void Whatever_fails_nothing_is_lost_and_nothing_goes_on_for_ever(int exitCode, int receives, bool stopped, bool tooLarge)
    {
        // Every mix of what the five steps may come to: four states for keeping, two for the others.
        for (var mix = 0; mix < 3 * 8; mix++)
        {
            StepState Come(SettlementStep step) => step switch
            {
                SettlementStep.Keep => (StepState)(1 + (mix / 8)),
                SettlementStep.Tell => Bit(0),
                SettlementStep.PutBack => Bit(1),
                _ => Bit(2),
            };
            StepState Bit(int bit) => (mix & (1 << bit)) == 0 ? StepState.Done : StepState.Failed;

            var (taken, last, done) = Walk(new WorkEnd(exitCode, receives) { Stopped = stopped, TooLargeToKeep = tooLarge }, Come);

            Assert.InRange(taken.Count, 1, 6);
            if (taken.Contains(SettlementStep.Delete))
                Assert.True(
                    done.PutBack == StepState.Done || done.DeadLetter == StepState.Done || (exitCode == 0 && done.Completion == StepState.Done),
                    $"deleted though nothing stands for it: {string.Join(' ', taken)}");
            if (last.Kind == DispositionKind.Release && receives == MaxReceives)
                Assert.True(
                    done.DeadLetter is StepState.Done or StepState.Partly || done.Deletion == StepState.Failed || (done.DeadLetter == StepState.Failed && done.PutBack == StepState.Failed),
                    $"left to the queue without a reason: {string.Join(' ', taken)}");
        }
    }

    private static (List<SettlementStep> Taken, Disposition Last, SettlementProgress Done) Walk(WorkEnd end, Func<SettlementStep, StepState> come)
    {
        var (taken, done) = (new List<SettlementStep>(), default(SettlementProgress));
        while (true)
        {
            var decided = Policy.Decide(end, done, 1);
            if (decided.Next != SettlementStep.Nothing)
                taken.Add(decided.Next);
            if (decided.Next is SettlementStep.Nothing or SettlementStep.Release || taken.Count > 10)
                return (taken, decided, done);
            done = done.With(decided.Next, come(decided.Next));
        }
    }
}
