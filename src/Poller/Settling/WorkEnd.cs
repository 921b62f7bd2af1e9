namespace Archiver.Poller.Settling;

/// <summary>How the work on a message ended, as far as its disposition depends on it.</summary>
/// <param name="ExitCode">What the processor ended with.</param>
/// <param name="ReceiveCount">How often the queue has given the message away, 1 for the first time.</param>
internal readonly record struct WorkEnd(int ExitCode, int ReceiveCount)
{
    /// <summary>Tries that count from before the request was put back as this message.</summary>
    public int EarlierTries { get; init; }

    /// <summary>Whether this poller stops its work.</summary>
    public bool Stopped { get; init; }

    /// <summary>Whether the message may be somebody else's by now.</summary>
    public bool LeaseLost { get; init; }

    /// <summary>Whether the request is too large for the dead-letter queue, as far as that is known.</summary>
    public bool TooLargeToKeep { get; init; }

    public int Tries => EarlierTries + ReceiveCount;
}
