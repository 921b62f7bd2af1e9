namespace Archiver.Processor.Supervision;

/// <summary>
/// Distinguishes a repeated request to stop from one request that arrives twice: Ctrl-C reaches a terminal's whole process group, and the
/// parent process may forward the signal that it received itself.
/// </summary>
internal sealed class StopRequests(TimeProvider time)
{
    private static readonly TimeSpan OneRequest = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long? _first;

    /// <summary>Records a request; true if it repeats the first one instead of duplicating it.</summary>
    public bool IsInsistent()
    {
        lock (_lock)
        {
            _first ??= time.GetTimestamp();
            return time.GetElapsedTime(_first.Value) >= OneRequest;
        }
    }
}
