using Archiver.Contract;

namespace Archiver.Poller.Receiving;

/// <summary>What a check has found.</summary>
/// <param name="Verdict">Whether messages can be worked on.</param>
/// <param name="Problem">What keeps them all from it.</param>
internal readonly record struct Readiness(CheckVerdict Verdict, ArchiverException? Problem = null)
{
    public static Readiness Bad(ArchiverException problem) => new(CheckVerdict.Bad, problem);
}
