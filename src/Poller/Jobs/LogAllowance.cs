namespace Archiver.Poller.Jobs;

/// <summary>
/// How much one processor may write into the poller's log: so much at once, and then so much a second. What is beyond that is refused and
/// counted, for some seconds on end, so that telling of it does not become a flood itself.
/// </summary>
internal sealed class LogAllowance(TimeProvider time)
{
    /// <summary>Bytes.</summary>
    public const int Burst = 1 << 20;

    /// <summary>Bytes.</summary>
    public const int PerSecond = 16 << 10;

    // What must have come together before a refusal ends.
    private const int Enough = 10 * PerSecond;

    // What the poller adds to each line: time, template, ids.
    private const int BesideText = 256;

    private double _left = Burst;
    private long _since = time.GetTimestamp();
    private long _dropped;
    private bool _isRefusing;

    /// <summary>Whether a line may be written.</summary>
    public bool Take(int bytes)
    {
        var now = time.GetTimestamp();
        _left = Math.Min(Burst, _left + time.GetElapsedTime(_since, now).TotalSeconds * PerSecond);
        _since = now;
        var cost = bytes + BesideText;
        _isRefusing = _left < (_isRefusing ? Enough : cost);
        if (_isRefusing)
            _dropped++;
        else
            _left -= cost;
        return !_isRefusing;
    }

    /// <summary>How many lines were refused since this was asked last.</summary>
    public long TakeDropped()
    {
        var dropped = _dropped;
        _dropped = 0;
        return dropped;
    }
}
