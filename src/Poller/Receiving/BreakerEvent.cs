using Archiver.Contract;
using Archiver.Poller.Settling;

namespace Archiver.Poller.Receiving;

/// <summary>The only input of the circuit breaker.</summary>
internal abstract record BreakerEvent
{
    /// <param name="Period">The breaker's period when it was received.</param>
    /// <param name="Disposition">What became of it.</param>
    internal sealed record MessageEnded(string MessageId, int Period, Disposition Disposition) : BreakerEvent;

    /// <summary>The processor, its stores and the completion queue were checked.</summary>
    /// <param name="Verdict">Whether messages can be worked on.</param>
    /// <param name="Problem">What keeps them all from it.</param>
    internal sealed record Checked(CheckVerdict Verdict, ArchiverException? Problem = null) : BreakerEvent;

    /// <summary>The machine has no room for another process, which is not the fault of any message.</summary>
    internal sealed record MachineIsShort : BreakerEvent;

    internal sealed record PauseEnded : BreakerEvent;

    /// <summary>The messages let in on trial have worked for so long that they do not fail as others did.</summary>
    internal sealed record TrialSurvived : BreakerEvent;
}

/// <summary>What a check of the processor says.</summary>
internal enum CheckVerdict
{
    /// <summary>Messages can be worked on.</summary>
    Fine,

    /// <summary>No message can be worked on.</summary>
    Bad,

    /// <summary>Nothing: the program at <c>Processor:Path</c> knows no check.</summary>
    Unknown,
}
