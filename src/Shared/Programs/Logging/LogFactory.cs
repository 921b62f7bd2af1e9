using System.Globalization;
using Archiver.Contract;
using Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;

namespace Archiver.Programs.Logging;

/// <summary>Sets up the log of all programs, on standard error because standard output is for results.</summary>
public static class LogFactory
{
    private const string ReadableTemplate = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj} {Properties:j}";

    /// <summary>Creates the logger; dispose of it to flush it.</summary>
    /// <exception cref="ArchiverException">Exit code 78: the log file cannot be written.</exception>
    public static Logger Create(LogSettings settings)
    {
        var log = new LoggerConfiguration().Enrich.FromLogContext()
            .MinimumLevel.Is(settings.Debug ? LogEventLevel.Debug : LogEventLevel.Information)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning);
        var json = new SafeFormatter(new CompactJsonFormatter(), showsException: false);
        var readable = new SafeFormatter(
            new MessageTemplateTextFormatter(ReadableTemplate, CultureInfo.InvariantCulture), showsException: true);
        log = log.WriteTo.Console(settings.Readable ? readable : json, standardErrorFromLevel: LogEventLevel.Verbose);
        if (settings.File is { } file)
        {
            var time = TimeProvider.System;
            PrivateLogFile.Prepare(file, DateOnly.FromDateTime(time.GetLocalNow().DateTime));
            log = log.WriteTo.Sink(LoggerSinkConfiguration.Wrap(
                sink => new PrivateLogFile(file, time, sink),
                to => to.File(json, file, rollingInterval: RollingInterval.Day, shared: true)));
        }
        return log.CreateLogger();
    }
}
