namespace Archiver.Poller.Settling;

/// <summary>What becomes of a message whose processor has ended.</summary>
internal enum DispositionKind
{
    /// <summary>Send the completion, delete the request.</summary>
    Complete,

    /// <summary>Make the request visible again after a delay.</summary>
    Release,

    /// <summary>Send a failure completion, put the request into the dead-letter queue, delete it.</summary>
    Reject,

    /// <summary>Send the request to its queue again as a new message, delete the old one.</summary>
    PutBack,

    /// <summary>Nothing: the message may be somebody else's by now.</summary>
    LeaveAlone,
}

/// <summary>Whether other messages would fail in the same way.</summary>
internal enum OutageSign
{
    /// <summary>No reason to think so.</summary>
    None,

    /// <summary>Perhaps: a check of the processor can tell, or what becomes of other messages.</summary>
    Possible,
}

/// <summary>What becomes of a message, and whether the poller may go on receiving others.</summary>
/// <param name="Kind">What becomes of the message.</param>
/// <param name="Delay">For a release: how long the message stays hidden.</param>
/// <param name="Outage">Whether other messages would fail in the same way.</param>
internal readonly record struct Disposition(DispositionKind Kind, TimeSpan Delay = default, OutageSign Outage = OutageSign.None)
{
    /// <summary>What is to be done next to bring it about.</summary>
    public SettlementStep Next { get; init; }

    /// <summary>For a request that is put back: the tries that count against it.</summary>
    public int Tries { get; init; }
}
