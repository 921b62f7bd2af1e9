namespace Archiver.Poller.Receiving;

/// <summary>How long a stop may take.</summary>
/// <param name="Drain">For the work under way to finish by itself.</param>
/// <param name="Grace">For processors that are told to end.</param>
internal sealed record StopTimes(TimeSpan Drain, TimeSpan Grace)
{
    /// <summary>For the queues to be told; after that, messages come back by themselves.</summary>
    public static readonly TimeSpan Telling = TimeSpan.FromSeconds(3);

    /// <summary>For what was given up to notice it.</summary>
    public static readonly TimeSpan Leaving = TimeSpan.FromSeconds(1);
}
