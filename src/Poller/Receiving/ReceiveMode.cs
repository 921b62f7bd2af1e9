namespace Archiver.Poller.Receiving;

/// <summary>When the poller ends by itself.</summary>
internal enum ReceiveMode
{
    /// <summary>Never: a service.</summary>
    Forever,

    /// <summary>When the queue is empty and all work is done: a cron job.</summary>
    Drain,

    /// <summary>After one receive and the work that it brought.</summary>
    Once,
}
