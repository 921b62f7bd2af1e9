using Archiver.Contract.Messages;

namespace Archiver.Poller.Jobs;

/// <summary>How a processor ended.</summary>
/// <param name="ExitCode">Its exit code; for one that could not be started or whose result cannot be read, the code that says so.</param>
/// <param name="Result">What it reported, or what is reported in its place.</param>
internal sealed record ProcessorOutcome(int ExitCode, ProcessorResult Result)
{
    /// <summary>An outcome that the poller reports itself.</summary>
    public static ProcessorOutcome Failed(int exitCode, string detail) => new(exitCode, new ProcessorResult
    {
        Message = detail,
        Error = new FailureDescription(Contract.Boundary.ExitCode.NameOf(exitCode), exitCode, detail),
    });
}
