using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Poller.Jobs;
using Archiver.Poller.Leases;
using Archiver.Poller.Requests;
using Serilog;

namespace Archiver.Poller.Settling;

/// <summary>A message whose work has ended.</summary>
/// <param name="Request">The message and the request in it.</param>
/// <param name="Outcome">How the work ended.</param>
/// <param name="Lease">Ours as long as it is not lost.</param>
/// <param name="Log">Names the message.</param>
internal sealed record EndedMessage(IncomingRequest Request, ProcessorOutcome Outcome, Lease Lease, ILogger Log)
{
    /// <summary>Code of an archive that is stored, but whose completion could not be sent.</summary>
    public const string Untold = "UNTOLD";

    // And of one whose request could not be deleted.
    private const string Undeleted = "UNDELETED";

    /// <summary>Why the message has to go to the dead-letter queue.</summary>
    /// <param name="problem">What else went wrong on its way to its end; null when nothing did.</param>
    /// <param name="isTold">Whether its completion was sent.</param>
    public FailureDescription WhyRejected(string? problem, bool isTold)
    {
        var result = Outcome.Result;
        if (result.Archive is { } archive)
            return new FailureDescription(isTold ? Undeleted : Untold, Outcome.ExitCode,
                $"The archive is stored as {archive.Uri}, but {problem}");
        var error = result.Error ?? new FailureDescription(ExitCode.NameOf(Outcome.ExitCode), Outcome.ExitCode, result.Message);
        return problem is null ? error : error with { Detail = $"{error.Detail} Moreover, {problem}" };
    }
}
