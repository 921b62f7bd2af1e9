using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Archiver.Poller.Telemetry;

/// <summary>
/// Keeps the sums of a meter and writes them in the text format that Prometheus reads:
/// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
/// </summary>
internal sealed class PrometheusText : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly Lock _lock = new();
    private readonly List<PrometheusFamily> _families = [];
    private readonly MeterListener _listener = new();

    public PrometheusText(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter != meter)
                return;
            var family = new PrometheusFamily(instrument);
            lock (_lock)
                _families.Add(family);
            listener.EnableMeasurementEvents(instrument, family);
        };
        _listener.SetMeasurementEventCallback<int>((_, value, tags, family) => Add(family, value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, family) => Add(family, value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, family) => Add(family, value, tags));
        _listener.Start();
    }

    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        lock (_lock)
            foreach (var family in _families)
                family.Write(text);
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>A number as Prometheus reads it.</summary>
    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private void Add(object? family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = PrometheusNames.Labels(tags);
        lock (_lock)
            ((PrometheusFamily)family!).Add(labels, value);
    }
}
