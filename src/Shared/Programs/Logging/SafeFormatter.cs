using System.Globalization;
using Archiver.Contract.Text;
using Serilog.Events;
using Serilog.Formatting;

namespace Archiver.Programs.Logging;

/// <summary>
/// Writes one line per event, whatever its content: a message can neither forge a line nor control a terminal. The lines of an exception
/// are indented.
/// </summary>
/// <param name="formatter">Formats the line.</param>
/// <param name="showsException">Whether to add the exception; otherwise the formatter includes it.</param>
internal sealed class SafeFormatter(ITextFormatter formatter, bool showsException) : ITextFormatter
{
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var line = new StringWriter(CultureInfo.InvariantCulture);
        formatter.Format(logEvent, line);
        output.WriteLine(SafeText.Escape(line.ToString().TrimEnd('\r', '\n')));
        if (showsException && logEvent.Exception is { } exception)
            output.WriteLine("    " + SafeText.EscapeLines(exception.ToString()));
    }
}
