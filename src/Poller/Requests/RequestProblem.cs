namespace Archiver.Poller.Requests;

/// <summary>Why a request is not worked on.</summary>
/// <param name="ExitCode">What a processor that finds the same would end with.</param>
/// <param name="Reason">A sentence for the sender.</param>
internal sealed record RequestProblem(int ExitCode, string Reason);
