using System.Globalization;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Archiver.Contract.Logging;

/// <summary>Sets up the log that all programs write: on standard error, because standard output is for results.</summary>
public static class LogFactory
{
    private const string ReadableTemplate = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj} {Properties:j}{NewLine}{Exception}";

    /// <summary>Makes the logger; dispose it to flush it.</summary>
    public static Logger Create(LogSettings settings)
    {
        var log = new LoggerConfiguration().Enrich.FromLogContext().MinimumLevel.Is(settings.Debug ? LogEventLevel.Debug : LogEventLevel.Information)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning);
        log = settings.Readable
            ? log.WriteTo.Console(outputTemplate: ReadableTemplate, formatProvider: CultureInfo.InvariantCulture, standardErrorFromLevel: LogEventLevel.Verbose)
            : log.WriteTo.Console(new CompactJsonFormatter(), standardErrorFromLevel: LogEventLevel.Verbose);
        if (settings.File is { } file)
            log = log.WriteTo.File(new CompactJsonFormatter(), file, rollingInterval: RollingInterval.Day, shared: true);
        return log.CreateLogger();
    }
}
