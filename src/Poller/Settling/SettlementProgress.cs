using Archiver.Contract.Boundary;

namespace Archiver.Poller.Settling;

/// <summary>What was done for a message's end so far.</summary>
internal readonly record struct SettlementProgress(
    StepState Completion = default, StepState DeadLetter = default, StepState PutBack = default, StepState Deletion = default,
        StepState Release = default)
{
    /// <summary>Whether a step failed in a way that other messages may meet as well.</summary>
    public bool OthersMayFail { get; init; }

    public SettlementProgress With(SettlementStep step, StepState state) => step switch
    {
        SettlementStep.Tell => this with { Completion = state },
        SettlementStep.Keep => this with { DeadLetter = state },
        SettlementStep.PutBack => this with { PutBack = state },
        SettlementStep.Delete => this with { Deletion = state },
        SettlementStep.Release => this with { Release = state },
        _ => this,
    };

    /// <param name="step">What failed.</param>
    /// <param name="exitCode">What kind of failure it was; what a queue refuses (65) is the message's own fault.</param>
    public SettlementProgress Failed(SettlementStep step, int exitCode) =>
        With(step, StepState.Failed) with { OthersMayFail = OthersMayFail || exitCode != ExitCode.DataError };
}
