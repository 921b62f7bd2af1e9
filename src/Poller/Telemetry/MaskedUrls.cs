using Archiver.Contract.Text;
using Serilog.Core;
using Serilog.Events;

namespace Archiver.Poller.Telemetry;

/// <summary>
/// Keeps passwords out of log lines: queues may be given as <c>https://user:password@host/...</c>, and such locations stand in many lines
/// and errors.
/// </summary>
internal sealed class MaskedUrls : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        foreach (var (name, value) in logEvent.Properties.ToList())
            if (value is ScalarValue { Value: string text } && text.Contains("://", StringComparison.Ordinal)
                && MaskedText.Urls(text) is var masked && masked != text)
                logEvent.AddOrUpdateProperty(new LogEventProperty(name, new ScalarValue(masked)));
    }
}
