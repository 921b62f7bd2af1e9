namespace Archiver.Poller.Telemetry;

/// <summary>The largest value of late: of the current window and the one before it. 0 when there was none.</summary>
internal sealed class RecentMaximum(TimeSpan window, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _begun = time.GetTimestamp();
    private long _current;
    private (double Before, double Now) _largest;

    public double Value
    {
        get
        {
            lock (_lock)
            {
                Turn();
                return Math.Max(_largest.Before, _largest.Now);
            }
        }
    }

    public void Add(double value)
    {
        lock (_lock)
        {
            Turn();
            _largest.Now = Math.Max(_largest.Now, value);
        }
    }

    private void Turn()
    {
        var number = time.GetElapsedTime(_begun).Ticks / window.Ticks;
        if (number > _current)
            _largest = (number == _current + 1 ? _largest.Now : 0, 0);
        _current = number;
    }
}
