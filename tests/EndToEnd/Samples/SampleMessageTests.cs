using System.Globalization;
using System.Text.Json.Nodes;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Samples;

/// <summary>What must become of the messages of the replaced systems, wherever queues and objects are.</summary>
public abstract class SampleMessageTests(SamplesRun run)
{
    public static TheoryData<string> ValidNames => [.. SampleMessages.Valid.Keys];

    public static TheoryData<string> InvalidNames => [.. SampleMessages.Invalid.Keys];

    public static TheoryData<string> AllNames => [.. SampleMessages.All];

    [Fact]
    public void The_poller_ends_well_when_the_queue_is_empty()
    {
        Assert.Equal(0, run.Poller.ExitCode);
        Assert.Equal((0, 0), run.Left);
    }

    [Fact]
    public void There_is_one_completion_for_each_request_and_one_dead_letter_for_each_invalid_one()
    {
        Assert.Equal(SampleMessages.All.Count(), run.Completions.Count);
        Assert.Equal(SampleMessages.Invalid.Count, run.DeadLetters.Count);
    }

    [Theory]
    [MemberData(nameof(ValidNames))]
    public async Task A_valid_request_is_archived_byte_for_byte(string name)
    {
        var completion = run.CompletionOf(name);
        var archive = await ArchiveOfAsync(completion);

        var expected = SampleMessages.Valid[name].Select(entry => (entry.Entry, Convert.ToHexString(SampleMessages.ContentOf(entry.Source))));
        Assert.Equal(expected, ZipContent.Read(archive).Select(entry => (entry.Name, Convert.ToHexString(entry.Content))));
        Assert.Equal(archive.Length.ToString(CultureInfo.InvariantCulture), completion.Text("archive.bytes"));
        Assert.Equal(SampleMessages.Valid[name].Length.ToString(CultureInfo.InvariantCulture), completion.Text("archive.files"));
        Assert.Equal(ZipContent.Crc32Of(archive), completion.Text("archive.crc"));
        Assert.Equal("false", completion.Text("archive.reused"));
    }

    [Fact]
    public async Task There_is_one_archive_for_each_valid_request() =>
        Assert.Equal(SampleMessages.Valid.Count, (await run.Site.ListArchivesAsync()).Count);

    [Theory]
    [MemberData(nameof(ValidNames))]
    public void The_link_is_the_base_URL_and_a_key_of_fingerprint_prefix_and_day(string name)
    {
        var completion = run.CompletionOf(name);
        var day = JsonNode.Parse(SampleMessages.Read(name))!["timestamp"] is null ? "[0-9]{4}-[0-9]{2}-[0-9]{2}" : "2024-05-30";
        var key = run.Site.KeyOf(completion.Text("archive.uri")!);

        Assert.Matches($@"\A[0-9a-f]{{64}}/{run.Prefix}-{day}\.zip\z", key);
        Assert.Equal($"{SamplesRun.BaseUrl}/{key}", completion.Text("archive.url"));
        Assert.Equal($"{SamplesRun.BaseUrl}/{key}", completion.Text("substitutions.archiver_URL"));
    }

    [Fact]
    public void The_completion_of_a_repository_request_has_all_that_consumers_know()
    {
        var known = JsonNode.Parse(SampleMessages.Read("completion-aip.json"))!.AsObject();
        var sent = run.CompletionOf("request-aip-filenames.json").Json;

        foreach (var (name, value) in known)
            Assert.True(JsonNode.DeepEquals(value, sent[name]), $"{name} is {sent[name]} instead of {value}");
    }

    [Fact]
    public void The_completion_of_a_media_request_has_all_that_consumers_know()
    {
        var known = JsonNode.Parse(SampleMessages.Read("completion-media.json"))!;
        var sent = run.CompletionOf("request-media.json").Json;

        Assert.True(JsonNode.DeepEquals(known["metadata"], sent["metadata"]));
        Assert.Equal(known["substitutions"]!.AsObject().Select(pair => pair.Key), sent["substitutions"]!.AsObject().Select(pair => pair.Key));
    }

    [Fact]
    public void Properties_that_nobody_knows_are_echoed()
    {
        var completion = run.CompletionOf("request-media-extra-properties.json");

        Assert.Equal("d-xxxxxx", completion.Text("sendgrid_template_id"));
        Assert.Equal("customer@e2e.test", completion.Text("user_email"));
        Assert.Equal("{}", completion.Text("metadata"));
    }

    [Fact]
    public void The_message_id_stands_in_for_a_missing_AIP() =>
        Assert.Equal(run.MessageIdOf("request-media.json"), run.CompletionOf("request-media.json").AipId);

    [Theory]
    [MemberData(nameof(AllNames))]
    public void Message_attributes_come_back(string name) =>
        Assert.Equal(SamplesRun.Trace, run.CompletionOf(name).Attributes["traceparent"]);

    [Theory]
    [MemberData(nameof(InvalidNames))]
    public void An_invalid_request_is_in_the_dead_letter_queue_as_it_came_with_its_reason(string name)
    {
        var dead = run.DeadLetterOf(name);

        Assert.Equal(SampleMessages.Read(name), dead.Body);
        Assert.Contains(SampleMessages.Invalid[name], dead.Reason, StringComparison.Ordinal);
        Assert.Equal("65", dead.ExitCode);
        Assert.Equal("DATAERR", dead.Attributes["Archiver-Code"]);
        Assert.Equal(run.MessageIdOf(name), dead.Attributes["Archiver-Message-Id"]);
        Assert.Equal(SamplesRun.Trace, dead.Attributes["traceparent"]);
    }

    [Theory]
    [MemberData(nameof(InvalidNames))]
    public void The_sender_of_an_invalid_request_hears_why(string name)
    {
        var completion = run.CompletionOf(name);

        Assert.False(completion.Success);
        Assert.Contains(SampleMessages.Invalid[name], completion.Text("message"), StringComparison.Ordinal);
        Assert.Equal("65", completion.Text("error.exit_code"));
        Assert.Null(completion.Text("archive"));
        foreach (var (known, _) in JsonNode.Parse(SampleMessages.Read("completion-aip.json"))!.AsObject().Where(static pair => pair.Key != "filenames"))
            Assert.NotNull(completion.Text(known));
    }

    private Task<byte[]> ArchiveOfAsync(SeenMessage completion) => run.Site.GetArchiveAsync(run.Site.KeyOf(completion.Text("archive.uri")!));
}
