using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Poller.Leases;
using Archiver.Poller.Processors;
using Archiver.Queues;
using Serilog;

namespace Archiver.Poller.Handling;

/// <summary>The queues that an ended message concerns.</summary>
/// <param name="Requests">Where it came from.</param>
/// <param name="Completions">Where its completion goes; null: nowhere.</param>
/// <param name="DeadLetter">Where it goes when it is rejected; null: nowhere.</param>
/// <param name="LargestCompletion">The most bytes of a completion.</param>
/// <param name="LargestDeadLetter">The most bytes of a rejected request.</param>
internal sealed record MessageQueues(
    IMessageQueue Requests, IMessageQueue? Completions, IMessageQueue? DeadLetter, int LargestCompletion, int LargestDeadLetter);

/// <summary>A message whose work has ended.</summary>
/// <param name="Arrival">As received, and as it was sent.</param>
/// <param name="Request">The request in it, which an envelope may have held.</param>
/// <param name="AipId">What it is about.</param>
/// <param name="Outcome">How the work ended.</param>
/// <param name="Lease">Ours as long as it is not lost.</param>
/// <param name="Log">Names the message.</param>
internal sealed record EndedMessage(Arrival Arrival, ReceivedMessage Request, string AipId, ProcessorOutcome Outcome, Lease Lease, ILogger Log)
{
    // Codes of the dead-letter queue for archives that are stored.
    private const string Untold = "UNTOLD";
    private const string Undeleted = "UNDELETED";

    /// <summary>Why the message has to go to the dead-letter queue.</summary>
    /// <param name="problem">What else went wrong on its way to its end; null when nothing did.</param>
    /// <param name="isTold">Whether its completion was sent.</param>
    public FailureDescription WhyRejected(string? problem, bool isTold)
    {
        var result = Outcome.Result;
        if (result.Archive is { } archive)
            return new FailureDescription(isTold ? Undeleted : Untold, Outcome.ExitCode, $"The archive is stored as {archive.Uri}, but {problem}");
        var error = result.Error ?? new FailureDescription(ExitCode.NameOf(Outcome.ExitCode), Outcome.ExitCode, result.Message);
        return problem is null ? error : error with { Detail = $"{error.Detail} Moreover, {problem}" };
    }
}
