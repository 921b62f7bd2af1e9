using System.Diagnostics.Metrics;
using Archiver.Poller.Telemetry;

namespace Archiver.Tests.Poller.Telemetry;

/// <summary>By the rules of https://prometheus.io/docs/instrumenting/exposition_formats/.</summary>
public sealed class PrometheusTextTests : IDisposable
{
    private readonly Meter _meter = new("some.meter");
    private readonly PrometheusText _text;

    public PrometheusTextTests() => _text = new PrometheusText(_meter);

    public void Dispose()
    {
        _text.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void A_counter_has_its_unit_and_total_in_its_name()
    {
        var counter = _meter.CreateCounter<long>("archive.size", "By", "Bytes of archives");
        counter.Add(40);
        counter.Add(2);

        Assert.Equal("# HELP archive_size_bytes_total Bytes of archives\n# TYPE archive_size_bytes_total counter\narchive_size_bytes_total 42\n", _text.Write());
    }

    [Fact]
    public void A_unit_in_braces_is_not_in_the_name()
    {
        _meter.CreateCounter<long>("messages.received", "{message}", "Messages");

        Assert.EndsWith("\nmessages_received_total 0\n", _text.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_set_of_labels_is_a_line()
    {
        var counter = _meter.CreateCounter<long>("rejected");
        counter.Add(1, new KeyValuePair<string, object?>("reason", "NOINPUT"));
        counter.Add(2, new KeyValuePair<string, object?>("reason", "DATAERR"));
        counter.Add(3, new KeyValuePair<string, object?>("reason", "NOINPUT"));

        Assert.EndsWith("\nrejected_total{reason=\"DATAERR\"} 2\nrejected_total{reason=\"NOINPUT\"} 4\n", _text.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_are_escaped_and_in_order()
    {
        var counter = _meter.CreateCounter<long>("odd", null, "back\\slash\nand line");
        counter.Add(1, new("z.z", "a\"b\\c\nd"), new("a", null));

        Assert.Equal("# HELP odd_total back\\\\slash\\nand line\n# TYPE odd_total counter\nodd_total{a=\"\",z_z=\"a\\\"b\\\\c\\nd\"} 1\n", _text.Write());
    }

    [Fact]
    public void What_goes_up_and_down_is_a_gauge()
    {
        var inFlight = _meter.CreateUpDownCounter<long>("in_flight");
        inFlight.Add(3);
        inFlight.Add(-2);
        _meter.CreateObservableGauge("paused", static () => 1);

        Assert.Equal("# HELP in_flight \n# TYPE in_flight gauge\nin_flight 1\n# HELP paused \n# TYPE paused gauge\npaused 1\n", _text.Write());
        Assert.EndsWith("paused 1\n", _text.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void Buckets_of_a_histogram_are_cumulative_up_to_infinity()
    {
        var histogram = _meter.CreateHistogram("duration", "s", "Time", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 10] });
        foreach (var value in (double[])[0.25, 0.5, 0.75, 100])
            histogram.Record(value, new KeyValuePair<string, object?>("exit", "OK"));

        Assert.Equal(
            """
            # HELP duration_seconds Time
            # TYPE duration_seconds histogram
            duration_seconds_bucket{exit="OK",le="0.5"} 2
            duration_seconds_bucket{exit="OK",le="1"} 3
            duration_seconds_bucket{exit="OK",le="10"} 3
            duration_seconds_bucket{exit="OK",le="+Inf"} 4
            duration_seconds_sum{exit="OK"} 101.5
            duration_seconds_count{exit="OK"} 4

            """,
            _text.Write());
    }

    [Fact]
    public void Other_meters_are_not_told_of()
    {
        using var other = new Meter("some.meter");
        other.CreateCounter<long>("foreign").Add(1);

        Assert.Empty(_text.Write());
    }
}
