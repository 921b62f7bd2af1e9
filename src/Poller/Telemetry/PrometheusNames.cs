using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Archiver.Poller.Telemetry;

/// <summary>
/// OpenTelemetry's names in Prometheus' words: https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
/// </summary>
internal static class PrometheusNames
{
    /// <summary>An instrument's name, with its unit behind it, and <c>_total</c> behind that of a counter.</summary>
    public static string Of(Instrument instrument)
    {
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        return Safe(instrument.Name) + unit + (TypeOf(instrument) == "counter" ? "_total" : "");
    }

    public static string TypeOf(Instrument instrument) => instrument switch
    {
        Histogram<double> => "histogram",
        Counter<long> or ObservableCounter<long> => "counter",
        _ => "gauge",
    };

    public static string Help(string text) =>
        text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);

    /// <summary><c>a="1",b="2"</c>, by the labels' names.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";
        var labels = tags.ToArray().Select(static tag =>
            (Name: Safe(tag.Key), Value: Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? ""));
        return string.Join(',', labels.OrderBy(static label => label.Name, StringComparer.Ordinal)
            .Select(static label => $"{label.Name}=\"{Help(label.Value).Replace("\"", "\\\"", StringComparison.Ordinal)}\""));
    }

    private static string Safe(string name)
    {
        var safe = new StringBuilder(name);
        for (var i = 0; i < safe.Length; i++)
            if (!char.IsAsciiLetterOrDigit(safe[i]))
                safe[i] = '_';
        return safe.ToString();
    }
}
