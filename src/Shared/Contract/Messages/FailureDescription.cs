using System.Text.Json.Serialization;

namespace Archiver.Contract.Messages;

/// <summary>Why there is no archive, as described in completions of failed requests.</summary>
/// <param name="Code">The name of the exit code, such as <c>NOINPUT</c>.</param>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Detail">One line that names what is wrong.</param>
public sealed record FailureDescription(
    string Code,
    [property: JsonPropertyName("exit_code")] int ExitCode,
    string Detail);
