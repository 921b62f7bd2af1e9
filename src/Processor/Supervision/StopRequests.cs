namespace Archiver.Processor.Supervision;

/// <summary>
/// Tells a person who asks again from one request that arrives twice: Ctrl-C reaches a terminal's whole process group, and whoever started this program
/// may pass on what it got itself.
/// </summary>
internal sealed class StopRequests(TimeProvider time)
{
    private static readonly TimeSpan OneRequest = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long? _first;

    /// <summary>Called at each request; true when it is another one than the first.</summary>
    public bool IsInsistent()
    {
        lock (_lock)
        {
            _first ??= time.GetTimestamp();
            return time.GetElapsedTime(_first.Value) >= OneRequest;
        }
    }
}
