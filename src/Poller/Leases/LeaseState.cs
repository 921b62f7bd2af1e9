namespace Archiver.Poller.Leases;

/// <summary>What is known of a lease.</summary>
internal enum LeaseState
{
    /// <summary>As long as the receive hid the message.</summary>
    Held,

    /// <summary>The newest extension succeeded.</summary>
    Renewed,

    /// <summary>
    /// The newest extension failed or was not answered: the message is hidden as long as was known before, perhaps longer.
    /// </summary>
    Unknown,

    /// <summary>The message may be somebody else's.</summary>
    Lost,
}
