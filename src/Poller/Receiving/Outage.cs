using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Handling;

namespace Archiver.Poller.Receiving;

/// <summary>Tells one message's failure from one that would hit them all; while nobody can be helped, no message is to be received.</summary>
internal sealed class Outage(Func<CancellationToken, Task<ArchiverException?>> findProblem)
{
    private readonly Lock _lock = new();
    private OutageSign _suspicion = OutageSign.Possible;
    private bool _onTrial;

    /// <summary>How long to wait after a problem; starts again from the shortest when a message is completed.</summary>
    public OutagePause Pauses { get; } = new();

    /// <summary>Whether to look before the next receive; so at the start.</summary>
    public bool IsSuspected
    {
        get
        {
            lock (_lock)
                return _suspicion != OutageSign.None;
        }
    }

    /// <summary>Learns from how a message ended.</summary>
    public void Learn(Disposition disposition)
    {
        lock (_lock)
        {
            if (disposition.Outage > _suspicion)
                _suspicion = disposition.Outage;
            if (disposition.Kind == DispositionKind.Complete)
                Pauses.Reset();
        }
    }

    /// <summary>Looks, when there is a suspicion.</summary>
    /// <returns>What keeps every message from being worked on; null when nothing does.</returns>
    public async Task<ArchiverException?> FindAsync(CancellationToken stop)
    {
        OutageSign sign;
        lock (_lock)
            (sign, _suspicion) = (_suspicion, OutageSign.None);
        if (sign == OutageSign.None)
            return null;
        var problem = await findProblem(stop).ConfigureAwait(false);
        lock (_lock)
            _onTrial = sign == OutageSign.Certain && problem is null;
        return problem ?? (sign == OutageSign.Certain
            ? new ArchiverException(ExitCode.Config, "the last request failed in a way that would hit every other")
            : null);
    }

    /// <summary>To be called after a pause: what failed meanwhile was received before, and says nothing new.</summary>
    public void EndPause()
    {
        lock (_lock)
            _suspicion = _onTrial ? OutageSign.None : OutageSign.Possible;
    }

    /// <summary>True once after an outage that only a message can show to be over: the next receive is to bring one.</summary>
    public bool TakeTrial()
    {
        lock (_lock)
        {
            var trial = _onTrial;
            _onTrial = false;
            return trial;
        }
    }
}
