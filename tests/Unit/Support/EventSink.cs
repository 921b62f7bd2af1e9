using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Archiver.Tests.Support;

/// <summary>Keeps what is logged.</summary>
public sealed class EventSink : ILogEventSink
{
    public List<LogEvent> Events { get; } = [];

    public Logger CreateLogger() => new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(this).CreateLogger();

    public void Emit(LogEvent logEvent) => Events.Add(logEvent);
}
