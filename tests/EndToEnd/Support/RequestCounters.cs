namespace Archiver.EndToEnd.Support;

/// <summary>What went through a proxy: bytes of bodies as the server of them sees it, in from the client and out to it.</summary>
public sealed class RequestCounters
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Tally> _tallies = [];
    private readonly Dictionary<FaultKind, int> _faults = [];

    /// <summary>All operations together.</summary>
    public OperationCount Total
    {
        get
        {
            lock (_lock)
            {
                return _tallies.Values.Select(tally => tally.Count).Aggregate(
                    new OperationCount(),
                    (a, b) => new(a.Requests + b.Requests, a.BytesIn + b.BytesIn, a.BytesOut + b.BytesOut, Math.Max(a.MostAtOnce, b.MostAtOnce)));
            }
        }
    }

    /// <summary>One operation, by its name in the API.</summary>
    public OperationCount this[string operation]
    {
        get
        {
            lock (_lock)
                return _tallies.TryGetValue(operation, out var tally) ? tally.Count : new OperationCount();
        }
    }

    /// <summary>How many requests met this fault.</summary>
    public int this[FaultKind kind]
    {
        get
        {
            lock (_lock)
                return _faults.GetValueOrDefault(kind);
        }
    }

    internal Tally Begin(string operation)
    {
        lock (_lock)
        {
            if (!_tallies.TryGetValue(operation, out var tally))
                _tallies[operation] = tally = new Tally();
            tally.Begin();
            return tally;
        }
    }

    internal void End(Tally tally)
    {
        lock (_lock)
            tally.End();
    }

    internal void Struck(FaultKind kind)
    {
        lock (_lock)
            _faults[kind] = _faults.GetValueOrDefault(kind) + 1;
    }

    internal sealed class Tally
    {
        private int _requests;
        private int _now;
        private int _mostAtOnce;
        private long _bytesIn;
        private long _bytesOut;

        public OperationCount Count => new(_requests, Interlocked.Read(ref _bytesIn), Interlocked.Read(ref _bytesOut), _mostAtOnce);

        public void Begin()
        {
            _requests++;
            _mostAtOnce = Math.Max(_mostAtOnce, ++_now);
        }

        public void End() => _now--;

        public void In(int bytes) => Interlocked.Add(ref _bytesIn, bytes);

        public void Out(int bytes) => Interlocked.Add(ref _bytesOut, bytes);
    }
}

public readonly record struct OperationCount(int Requests, long BytesIn, long BytesOut, int MostAtOnce);
