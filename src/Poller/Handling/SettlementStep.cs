namespace Archiver.Poller.Handling;

/// <summary>A step on a message's way to its end.</summary>
public enum SettlementStep
{
    /// <summary>None: the message has ended.</summary>
    Nothing,

    /// <summary>Send the completion.</summary>
    Tell,

    /// <summary>Put the request into the dead-letter queue.</summary>
    Keep,

    /// <summary>Send the request to its queue as a new message.</summary>
    PutBack,

    /// <summary>Delete the message.</summary>
    Delete,

    /// <summary>Make the message visible again, which ends it.</summary>
    Release,
}

/// <summary>How far a step has come.</summary>
public enum StepState
{
    /// <summary>It was not tried.</summary>
    Open,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>It failed, and trying again does not help.</summary>
    Failed,

    /// <summary>The dead-letter queue has the reason, but the request has no room there.</summary>
    Partly,
}

/// <summary>What was done for a message's end so far.</summary>
public readonly record struct SettlementProgress(StepState Completion = default, StepState DeadLetter = default, StepState PutBack = default, StepState Deletion = default)
{
    /// <summary>Whether a step failed in a way that other messages may meet as well.</summary>
    public bool OthersMayFail { get; init; }
}
