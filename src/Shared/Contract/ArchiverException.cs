using Archiver.Contract.Text;

namespace Archiver.Contract;

/// <summary>
/// An expected failure: one line that says what is wrong and what to do, and the exit code that a program ends with.
/// </summary>
/// <param name="exitCode">A code of <see cref="Boundary.ExitCode"/>.</param>
/// <param name="message">What is wrong. It is made one line that is safe to show, with the secrets in URLs masked.</param>
/// <param name="inner">What caused it, for the log.</param>
public class ArchiverException(int exitCode, string message, Exception? inner = null)
    : Exception(SafeText.Escape(MaskedText.Urls(message)), inner)
{
    /// <summary>A code of <see cref="Boundary.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
