using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.Samples;

/// <summary>The poller's log of the same run.</summary>
public abstract class SampleLogTests(SamplesRun run)
{
    // Lines about the poller itself, and no message.
    private static readonly string[] OfThePoller = ["Polling {Queue}", "{Warning}"];

    [Fact]
    public void Every_line_is_compact_JSON() =>
        Assert.Equal(run.Poller.Log.All.Count, run.Poller.Log.Events.Count);

    [Fact]
    public void Nothing_is_written_to_standard_output() => Assert.Empty(run.Poller.Output);

    [Fact]
    public void Every_line_of_a_message_names_its_AIP_and_its_message() =>
        Assert.All(
            run.Poller.Log.Events.Where(static line => !OfThePoller.Any(line.Template.StartsWith)),
            static line => Assert.True(line.AipId is not null && line.MessageId is not null, line.Line));

    [Fact]
    public void The_processors_lines_are_among_them()
    {
        foreach (var name in SampleMessages.Valid.Keys)
        {
            var lines = LinesOf(name);
            Assert.Contains(lines, static line => line.Template.StartsWith("Received", StringComparison.Ordinal));
            Assert.Contains(lines, static line => line.Template.StartsWith("Planned {Entries}", StringComparison.Ordinal));
            Assert.Contains(lines, static line => line.Template.StartsWith("Stored {Archive}", StringComparison.Ordinal));
            Assert.Contains(lines, static line => line.Template.StartsWith("Archived", StringComparison.Ordinal));
            Assert.Single(lines.Select(static line => line.AipId).Distinct());
        }
    }

    [Fact]
    public void Rejections_are_errors_that_say_why() =>
        Assert.All(SampleMessages.Invalid, pair => Assert.Contains(
            LinesOf(pair.Key),
            line => line.Level == "Error" && line.Template.StartsWith("Rejected", StringComparison.Ordinal) && line.Text("Reason")!.Contains(pair.Value, StringComparison.Ordinal)));

    [Fact]
    public void No_line_has_a_secret()
    {
        var secret = Endpoints.ProcessEnvironment["AWS_SECRET_ACCESS_KEY"];

        Assert.DoesNotContain(run.Poller.Log.All, line =>
            (secret is not null && line.Contains(secret, StringComparison.Ordinal)) || line.Contains("X-Amz-Signature", StringComparison.OrdinalIgnoreCase));
    }

    private List<LogEvent> LinesOf(string name) => [.. run.Poller.Log.Events.Where(line => line.MessageId == run.MessageIdOf(name))];
}
