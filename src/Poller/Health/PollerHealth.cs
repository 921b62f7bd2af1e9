namespace Archiver.Poller.Health;

/// <summary>
/// Whether the poller is alive and whether it accepts messages. The receive loop reports; the health endpoints and systemd ask.
/// </summary>
/// <param name="patience">How long the loop may be silent; longer than the longest receive with all its repetitions.</param>
internal sealed class PollerHealth(TimeProvider time, TimeSpan patience)
{
    private static readonly TimeSpan BeatInterval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private long _lastBeat = time.GetTimestamp();
    private string? _notReady = "starting";
    private bool _isStopping;
    private IReadOnlyList<BackgroundLoop> _loops = [];

    public PollerHealth(TimeProvider time)
        : this(time, TimeSpan.FromMinutes(5))
    {
    }

    /// <summary>What the poller needs beside the loop that receives.</summary>
    public IReadOnlyList<BackgroundLoop> Loops => Volatile.Read(ref _loops);

    public bool IsAlive => NotAlive is null;

    /// <summary>Why a restart may help; null when the poller lives.</summary>
    public string? NotAlive =>
        time.GetElapsedTime(Interlocked.Read(ref _lastBeat)) > patience ? "stuck: the receive loop has done nothing for a long time"
        : Loops.FirstOrDefault(static loop => loop.Failing is not null) is { } failing
            ? $"failing: the {failing.Name} keeps failing: {failing.Failing}"
        : null;

    /// <summary>Why no messages are taken; null when they are.</summary>
    public string? NotReady
    {
        get
        {
            lock (_lock)
                return _notReady;
        }
    }

    /// <summary>Whether receiving pauses for an outage.</summary>
    public bool IsPaused { get; private set; }

    public void Watch(BackgroundLoop loop) => Volatile.Write(ref _loops, [.. Loops, loop]);

    /// <summary>The loop goes on.</summary>
    public void Beat() => Interlocked.Exchange(ref _lastBeat, time.GetTimestamp());

    /// <summary>Beats for as long as the loop waits for something that may rightly take long.</summary>
    public async Task<T> WhileAsync<T>(Task<T> wait)
    {
        await WhileAsync((Task)wait).ConfigureAwait(false);
        return await wait.ConfigureAwait(false);
    }

    /// <summary>Beats for as long as the loop waits for something that may rightly take long.</summary>
    public async Task WhileAsync(Task wait)
    {
        if (!wait.IsCompleted)
        {
            using var timer = time.CreateTimer(_ => Beat(), null, BeatInterval, BeatInterval);
            await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        Beat();
        await wait.ConfigureAwait(false);
    }

    /// <summary>A receive begins: after a start that is what there is to be ready for; after an outage, only its success is.</summary>
    public void Receiving()
    {
        Beat();
        if (!IsPaused)
            Tell(null);
    }

    /// <summary>A receive has succeeded.</summary>
    public void Resume()
    {
        Beat();
        IsPaused = false;
        Tell(null);
    }

    /// <summary>Receiving pauses, because every message would fail.</summary>
    public void Pause(string reason)
    {
        IsPaused = true;
        Tell($"paused: {reason}");
    }

    /// <summary>Nothing is received any more, whatever comes.</summary>
    public void Stopping()
    {
        Tell("stopping");
        _isStopping = true;
    }

    private void Tell(string? notReady)
    {
        lock (_lock)
            if (!_isStopping)
                _notReady = notReady;
    }
}
