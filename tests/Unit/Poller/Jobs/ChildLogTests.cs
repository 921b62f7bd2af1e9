using System.Globalization;
using System.Text;
using System.Text.Json;
using Archiver.Poller.Jobs;
using Archiver.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Serilog.Events;

namespace Archiver.Tests.Poller.Jobs;

public sealed class ChildLogTests
{
    private readonly EventSink _sink = new();
    private readonly FakeTimeProvider _time = new();
    private int _progress;

    [Fact]
    public async Task A_line_of_compact_json_keeps_its_level_template_time_and_properties()
    {
        await WriteAsync("""{"@t":"2024-05-30T14:29:22.85Z","@mt":"Stored {Archive}, {Bytes} bytes","@l":"Warning","Archive":"s3://b/k","Bytes":12,"Share":0.5,"Reused":true,"None":null}""" + "\n");

        var line = Assert.Single(_sink.Events);
        Assert.Equal((LogEventLevel.Warning, "Stored {Archive}, {Bytes} bytes"), (line.Level, line.MessageTemplate.Text));
        Assert.Equal("Stored \"s3://b/k\", 12 bytes", line.RenderMessage(CultureInfo.InvariantCulture));
        Assert.Equal(new DateTimeOffset(2024, 5, 30, 14, 29, 22, 850, TimeSpan.Zero), line.Timestamp);
        Assert.Equal((true, 0.5, null), (ValueOf(line, "Reused"), ValueOf(line, "Share"), ValueOf(line, "None")));
    }

    [Fact]
    public async Task A_line_keeps_its_place_in_a_trace()
    {
        await WriteAsync("""{"@t":"2024-05-30T14:29:22Z","@mt":"x","@tr":"0af7651916cd43dd8448eb211c80319c","@sp":"b7ad6b7169203331"}""");

        var line = Assert.Single(_sink.Events);
        Assert.Equal(("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"), (line.TraceId.ToString(), line.SpanId.ToString()));
    }

    [Theory]
    [InlineData("{\"@t\":\"2024-05-30T14:29:22Z\",\"@mt\":\"x\",\"@tr\":\"short\"}")]
    [InlineData("plain text")]
    [InlineData("{ not json")]
    [InlineData("{\"no\":\"template\"}")]
    [InlineData("{\"@t\":\"never\",\"@mt\":\"x\"}")]
    [InlineData("{\"@t\":\"2024-05-30T14:29:22Z\",\"@mt\":\"x\",\"\":1}")]
    [InlineData("{\"@t\":5,\"@mt\":\"x\"}")]
    [InlineData("{\"@t\":\"2024-05-30T14:29:22Z\",\"@mt\":5}")]
    public async Task Whatever_else_a_child_says_is_a_line_too(string line)
    {
        await WriteAsync(line + "\r\n\n");

        var said = Assert.Single(_sink.Events);
        Assert.Equal(LogEventLevel.Warning, said.Level);
        Assert.Equal(line, ValueOf(said, "Line"));
    }

    [Theory]
    [InlineData("BytesDone")]
    [InlineData("ObjectsFound")]
    [InlineData("CompletingSeconds")]
    public async Task Progress_is_told_to_the_poller_and_quiet_in_the_log(string property)
    {
        await WriteAsync($$"""{"@t":"2024-05-30T14:29:22Z","@mt":"{{{property}}}","{{property}}":5}""");

        Assert.Equal(LogEventLevel.Debug, Assert.Single(_sink.Events).Level);
        Assert.Equal(1, _progress);
    }

    [Fact]
    public async Task A_line_that_repeats_the_numbers_of_the_one_before_is_no_progress()
    {
        await WriteAsync(Progress(5), Progress(5), Progress(5), Progress(6), "any other line\n");

        Assert.Equal(2, _progress);
    }

    [Fact]
    public async Task Any_line_is_progress_of_a_program_that_tells_none()
    {
        await WriteAsync("one\ntwo\n");

        Assert.Equal(2, _progress);
    }

    [Fact]
    public async Task A_line_may_come_in_pieces_and_the_last_one_need_not_end()
    {
        await WriteAsync("one\ntwo\nthr", "ee");

        Assert.Equal(["one", "two", "three"], _sink.Events.Select(static line => ValueOf(line, "Line")));
    }

    [Fact]
    public async Task A_long_line_is_cut_and_the_next_is_whole()
    {
        await WriteAsync(new string('x', 1 << 20), "\nnext\n");

        Assert.Equal([1 << 15, 4], _sink.Events.Select(static line => ((string)ValueOf(line, "Line")!).Length));
    }

    [Theory]
    [InlineData("\u001b[31mred", "\\u001b[31mred")]
    [InlineData("forged\rline", "forged\\u000dline")]
    [InlineData("\u202egnp.exe", "\\u202egnp.exe")]
    [InlineData("two\u2028lines", "two\\u2028lines")]
    [InlineData("\tat A.B()", "\tat A.B()")]
    [InlineData("äöü 你好 🗜", "äöü 你好 🗜")]
    public async Task Characters_that_a_terminal_would_obey_are_written_out(string said, string logged)
    {
        await WriteAsync(said + "\n", JsonSerializer.Serialize(new Dictionary<string, string> { ["@t"] = "2024-05-30T14:29:22Z", ["@mt"] = said, ["Name"] = said, ["@x"] = $"{said}\nat" }));

        Assert.Equal([logged, null], _sink.Events.Select(static line => line.Properties.ContainsKey("Line") ? ValueOf(line, "Line") : null));
        Assert.Equal((logged, logged, $"{logged}\nat"), (_sink.Events[1].MessageTemplate.Text, ValueOf(_sink.Events[1], "Name"), ValueOf(_sink.Events[1], "ProcessorException")));
    }

    [Fact]
    public async Task An_event_is_not_longer_than_a_line_whatever_its_characters_become()
    {
        var name = new string('\u0085', 4000);
        await WriteAsync($$"""{"@t":"2024-05-30T14:29:22Z","@mt":"x","One":"{{name}}","Two":"{{name}}","Three":"{{name}}"}""");

        Assert.InRange(_sink.Events.Single().Properties.Values.Sum(static value => ((string)((ScalarValue)value).Value!).Length), 10_000, ChildEvent.LongestLine);
    }

    [Fact]
    public async Task A_flood_is_cut_and_what_was_left_out_is_counted()
    {
        await WriteAsync([.. Enumerable.Repeat(new string('x', 1000) + "\n", 10_000)]);

        var told = _sink.Events.Count(static line => line.Properties.ContainsKey("Line"));
        Assert.InRange(told, 500, 1_000);
        Assert.Equal(10_000L - told, ValueOf(Assert.Single(_sink.Events, static line => line.Properties.ContainsKey("Dropped")), "Dropped"));
    }

    [Fact]
    public async Task Output_is_kept_up_to_a_bound_and_read_to_its_end()
    {
        using var end = new OutputEnd(TimeProvider.System);
        var output = new BoundedOutput(10, end);
        using var stream = new MemoryStream(new byte[100_000]);

        await output.ReadAsync(stream);

        Assert.Equal((10, true, stream.Length), (output.Kept.Length, output.Overflowed, stream.Position));
    }

    [Fact]
    public async Task Output_within_the_bound_is_kept_whole()
    {
        using var end = new OutputEnd(TimeProvider.System);
        var output = new BoundedOutput(10, end);
        using var stream = new MemoryStream("0123456789"u8.ToArray());

        await output.ReadAsync(stream);

        Assert.Equal(("0123456789", false), (Encoding.UTF8.GetString(output.Kept), output.Overflowed));
    }

    private static string Progress(int bytes) => $$"""{"@t":"2024-05-30T14:29:22Z","@mt":"Archived {BytesDone}","BytesDone":{{bytes}}}""" + "\n";

    private static object? ValueOf(LogEvent line, string name) => ((ScalarValue)line.Properties[name]).Value;

    private async Task WriteAsync(params string[] pieces)
    {
        await using var log = _sink.CreateLogger();
        using var end = new OutputEnd(TimeProvider.System);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(pieces)));
        await new ChildLog(log, end, () => _progress++, _time).ReadAsync(stream);
    }
}
