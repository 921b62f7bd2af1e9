using System.Globalization;
using Archiver.Contract.Text;
using Serilog.Events;
using Serilog.Formatting;

namespace Archiver.Programs.Logging;

/// <summary>
/// One line for each event, whatever stands in it: what messages say can neither forge a line nor act on a terminal. An exception's lines
/// are indented.
/// </summary>
/// <param name="formatter">Makes the line.</param>
/// <param name="showsException">Whether the exception follows it; else the formatter tells it.</param>
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
