using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Poller.Receiving;

/// <summary>Why nothing is received for now.</summary>
/// <param name="Problem">What is wrong.</param>
/// <param name="IsConfirmed">Whether a check says so.</param>
/// <param name="Openings">How often in a row, this time included.</param>
/// <param name="Pause">For how long.</param>
internal sealed record Outage(ArchiverException Problem, bool IsConfirmed, int Openings, TimeSpan Pause)
{
    // A run that is to end some time has waited long enough by then.
    private const int MostGuesses = 5;

    /// <summary>Whether the poller ends because of it. At its start only what waiting may mend is waited for, by a service.</summary>
    public bool EndsRun(ReceiveMode mode, bool isStart) => (mode, IsConfirmed) switch
    {
        (ReceiveMode.Forever, _) => isStart && Problem.ExitCode != ExitCode.Unavailable,
        (_, true) => true,
        _ => Openings >= MostGuesses,
    };
}
