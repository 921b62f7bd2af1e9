using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Archiver.Poller.Telemetry;

/// <summary>One instrument and its sums, by labels.</summary>
internal sealed class PrometheusFamily(Instrument instrument)
{
    private readonly SortedDictionary<string, Series> _series = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<double> _bounds = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? [];
    private readonly bool _isSum = !instrument.IsObservable;

    public void Add(string labels, double value)
    {
        if (!_series.TryGetValue(labels, out var series))
            _series.Add(labels, series = new Series(new long[_bounds.Count + 1]));
        series.Sum = _isSum ? series.Sum + value : value;
        var bucket = 0;
        while (bucket < _bounds.Count && value > _bounds[bucket])
            bucket++;
        series.Buckets[bucket]++;
    }

    public void Write(StringBuilder text)
    {
        var (name, type) = (PrometheusNames.Of(instrument), PrometheusNames.TypeOf(instrument));
        text.Append(CultureInfo.InvariantCulture,
            $"# HELP {name} {PrometheusNames.Help(instrument.Description ?? "")}\n# TYPE {name} {type}\n");
        // A sum that has not begun is 0, not absent.
        if (_series.Count == 0 && type != "histogram")
            WriteLine(text, name, "", 0);
        foreach (var (labels, series) in _series)
            if (type == "histogram")
                WriteHistogram(text, name, labels, series);
            else
                WriteLine(text, name, labels, series.Sum);
    }

    private void WriteHistogram(StringBuilder text, string name, string labels, Series series)
    {
        var below = 0L;
        var others = labels.Length == 0 ? "" : labels + ",";
        for (var i = 0; i < series.Buckets.Length; i++)
        {
            below += series.Buckets[i];
            var bound = i < _bounds.Count ? _bounds[i] : double.PositiveInfinity;
            WriteLine(text, name + "_bucket", $"{others}le=\"{PrometheusText.Number(bound)}\"", below);
        }
        WriteLine(text, name + "_sum", labels, series.Sum);
        WriteLine(text, name + "_count", labels, below);
    }

    private static void WriteLine(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels.Length == 0 ? "" : $"{{{labels}}}").Append(' ').Append(PrometheusText.Number(value)).Append('\n');

    private sealed class Series(long[] buckets)
    {
        public double Sum { get; set; }

        public long[] Buckets { get; } = buckets;
    }
}
