using System.Text;
using System.Text.Json;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

/// <summary>What senders can bring about, made to fit what queues take.</summary>
public sealed class FittingTests
{
    private static readonly string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Theory]
    [InlineData(SiteKind.SqsAndS3)]
    [InlineData(SiteKind.SqliteAndFolders)]
    public async Task Attributes_of_a_notification_that_no_queue_takes_hold_up_nobody(SiteKind kind)
    {
        await using var site = await Site.CreateAsync(kind);
        await site.Requests.SendAsync(Notification(new() { ["empty"] = "", ["Kept"] = "1" }));
        await site.Requests.SendAsync(Notification(new() { ["control"] = "a\u0001b", ["Kept"] = "1" }));
        await site.Requests.SendAsync(Notification(new() { ["an odd name"] = "x", ["AWS.x"] = "x", ["Kept"] = "1" }));
        await site.Requests.SendAsync(Notification(Enumerable.Range(0, 30).ToDictionary(static i => $"name-{i}", static i => "x")));

        await using var poller = site.StartPollerOfDummies();
        await poller.LogsAsync("Archived", times: 4);

        var completions = await site.Completions.TakeAllAsync();
        Assert.Equal([1, 1, 1, 10], completions.Select(static completion => completion.Attributes.Count).Order());
        Assert.All(completions, static completion => Assert.Equal("[\"attributes\"]", completion.Text("truncated")));
        Assert.DoesNotContain(poller.Log.Events, static line => line.Template.StartsWith("Receiving pauses", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SiteKind.SqsAndS3)]
    [InlineData(SiteKind.SqliteAndFolders)]
    public async Task A_trace_state_of_any_size_starts_a_processor(SiteKind kind)
    {
        await using var site = await Site.CreateAsync(kind);
        var attributes = new Dictionary<string, string> { ["traceparent"] = Parent, ["tracestate"] = string.Join(',', Enumerable.Repeat("vendor=1", 131_072 / 9)) };
        await site.Requests.SendAsync(DummyRequest.For("traced"), attributes);

        await using var poller = site.StartPollerOfDummies();
        await poller.LogsAsync("Archived");

        var completion = Assert.Single(await site.Completions.TakeAllAsync());
        Assert.Equal(Parent, completion.Attributes["traceparent"]);
        Assert.InRange(completion.Attributes["tracestate"].Length, 1, 512);
    }

    [Fact]
    public async Task Queues_that_take_the_least_get_completions_and_reasons()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqsAndS3, new SiteOptions { MaxReceiveCount = 2, LargestAnswer = 1024 });
        await site.Requests.SendAsync(DummyRequest.For("large", padding: 200_000));
        await site.Requests.SendAsync($"no request {new string('x', 100_000)}");

        await using var poller = site.StartPollerOfDummies("", ("Poller__BackoffBase", "0"));
        await poller.LogsAsync("Archived");
        await poller.LogsAsync("Rejected");

        Assert.Equal([false, true], (await site.Completions.TakeAllAsync()).Select(static completion => completion.Success).Order());
        var dead = Assert.Single(await site.DeadLetters.TakeAllAsync());
        Assert.Equal("65", dead.ExitCode);
        Assert.StartsWith("no request xxx", dead.OriginalBody, StringComparison.Ordinal);
        Assert.DoesNotContain(poller.Log.Events, static line => line.Template.StartsWith("Receiving pauses", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SiteKind.SqsAndS3)]
    [InlineData(SiteKind.SqliteAndFolders)]
    public async Task An_invalid_request_as_large_as_can_be_stands_in_the_dead_letter_queue_with_its_reason_and_can_be_sent_again(SiteKind kind)
    {
        await using var site = await Site.CreateAsync(kind);
        var body = string.Join(' ', Enumerable.Range(0, 200_000))[..(1 << 20)];
        await site.Requests.SendAsync(body);

        await using var poller = site.StartPollerOfDummies();
        await poller.LogsAsync("Rejected");
        var dead = Assert.Single(await site.DeadLetters.TakeAllAsync());
        await site.Requests.SendAsync(dead.Body, dead.Attributes);
        await poller.LogsAsync("Rejected", times: 2);
        var again = Assert.Single(await site.DeadLetters.TakeAllAsync());

        Assert.Equal(("65", body), (dead.ExitCode, dead.OriginalBody));
        Assert.Equal(("65", body), (again.ExitCode, again.OriginalBody));
    }

    [Fact]
    public async Task Fifty_thousand_missing_sources_that_may_be_skipped_are_counted()
    {
        const int Many = 50_000;
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        await site.PutSourceAsync("there.txt", "there"u8.ToArray());
        var lines = Enumerable.Range(0, Many).Select(static i => $$"""{"source":"missing/{{i:00000}}{{new string('x', 100)}}.txt"}""");
        await site.PutSourceAsync("list.jsonl", Encoding.UTF8.GetBytes(string.Join('\n', ["""{"source":"there.txt"}""", .. lines])));
        await site.Requests.SendAsync("""{"aipid":"sparse","filesFrom":"list.jsonl"}""");

        await using var poller = site.StartPoller("", ("ON_MISSING", "skip"));
        await poller.LogsAsync("Archived");

        var completion = Assert.Single(await site.Completions.TakeAllAsync());
        Assert.Equal((true, $"{Many}"), (completion.Success, completion.Text("skipped_count")));
        Assert.InRange(completion.Json["skipped"]!.AsArray().Count, 1, 1_000);
    }

    [Fact]
    public async Task A_failed_request_cannot_pass_for_an_archived_one()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        await site.Requests.SendAsync(
            """{"aipid":"forged","Success":true,"Error":null,"Substitutions":{"archiver_URL":"https://evil.example/x.zip"},"dummy":{"exit":66}}""",
            new Dictionary<string, string> { ["Archiver-Code"] = "OK", ["archiver-Reason"] = "none" });

        await using var poller = site.StartPollerOfDummies();
        await poller.LogsAsync("Rejected");

        var completion = Assert.Single(await site.Completions.TakeAllAsync());
        Assert.False(completion.Success);
        Assert.DoesNotContain("evil", completion.Body, StringComparison.Ordinal);
        Assert.Empty(completion.Attributes);
        Assert.Equal(["Archiver-Code", "Archiver-Exit-Code", "Archiver-Message-Id", "Archiver-Reason"], Assert.Single(await site.DeadLetters.TakeAllAsync()).Attributes.Keys.Order());
    }

    private static string Notification(Dictionary<string, string> attributes) => JsonSerializer.Serialize(new
    {
        Type = "Notification",
        TopicArn = "arn:aws:sns:eu-west-1:1:t",
        Message = DummyRequest.For("notified"),
        MessageAttributes = attributes.ToDictionary(static a => a.Key, static a => new { Type = "String", a.Value }),
    });
}
