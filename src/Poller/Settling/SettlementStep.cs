namespace Archiver.Poller.Settling;

/// <summary>A step on a message's way to its end.</summary>
internal enum SettlementStep
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
internal enum StepState
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
