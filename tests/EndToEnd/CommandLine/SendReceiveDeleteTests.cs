using System.Text.Json.Nodes;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.CommandLine;

/// <summary>archiver send, receive and delete.</summary>
public sealed class SendReceiveDeleteTests
{
    public static TheoryData<SiteKind> Sites => [SiteKind.SqsAndS3, SiteKind.SqliteAndFolders];

    [Theory]
    [MemberData(nameof(Sites))]
    public async Task A_request_is_sent_by_options(SiteKind kind)
    {
        await using var site = await Site.CreateAsync(kind);
        var end = await site.RunCliAsync(["--profile", "local", "send", "--aipid", "mds2909", "--filenames", "trial1.txt", "trial 2.txt", "--priority", "high"]);

        Assert.Equal(0, end.ExitCode);
        var message = Assert.Single(await site.Requests.TakeAllAsync());
        Assert.Contains(message.Id, end.Output, StringComparison.Ordinal);
        Assert.Equal("archive", message.Text("action"));
        Assert.Equal("mds2909", message.AipId);
        Assert.Equal("""["trial1.txt","trial 2.txt"]""", message.Text("filenames"));
        Assert.Equal("high", message.Text("priority"));
        Assert.InRange(DateTimeOffset.Parse(message.Text("timestamp")!, null), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task A_whole_AIP_has_no_file_names()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        await site.RunCliAsync(["send", "--aipid", "mds2909"]);

        Assert.Null(Assert.Single(await site.Requests.TakeAllAsync()).Text("filenames"));
    }

    [Theory]
    [InlineData("-")]
    [InlineData("request.json")]
    public async Task A_request_of_ones_own_is_sent_from_a_file_or_standard_input(string file)
    {
        const string request = """{"files":[{"source":"Größe.jpg","destination":"album_1"}],"user_email":"customer@e2e.test","metadata":{"a":1}}""";
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        if (file != "-")
            site.Folder.Put(file, request);
        var end = await site.RunCliAsync(["--json", "send", "--file", file], file == "-" ? request : null);

        Assert.Equal(0, end.ExitCode);
        var message = Assert.Single(await site.Requests.TakeAllAsync());
        Assert.Equal(message.Id, JsonNode.Parse(end.Output)!["messageId"]!.GetValue<string>());
        foreach (var (name, value) in JsonNode.Parse(request)!.AsObject())
            Assert.True(JsonNode.DeepEquals(value, message.Json[name]), name);
    }

    [Theory]
    [MemberData(nameof(Sites))]
    public async Task What_was_sent_is_archived_received_and_deleted(SiteKind kind)
    {
        await using var site = await Site.CreateAsync(kind);
        await site.PutSourceAsync("mds2909/trial1.txt", [1, 2, 3]);
        await site.RunCliAsync(["send", "--aipid", "mds2909"]);
        await using var poller = site.StartPoller("--drain");
        await poller.WaitForExitAsync();

        var received = await site.RunCliAsync(["--json", "receive"]);
        var message = JsonNode.Parse(received.Output)!;
        Assert.Equal(0, received.ExitCode);
        Assert.Equal(1, message["body"]!["archive"]!["files"]!.GetValue<int>());
        Assert.Equal(1, message["receiveCount"]!.GetValue<int>());

        var deleted = await site.RunCliAsync(["delete", $"--receipt-handle={message["receiptHandle"]}"]);
        Assert.Equal(0, deleted.ExitCode);
        Assert.Equal((0, 0), await site.Completions.CountAsync());
    }

    [Fact]
    public async Task Completions_are_readable_and_deleted_on_request()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        foreach (var name in (string[])["one", "two", "three"])
            await site.Requests.SendAsync(DummyRequest.For(name));
        await using var poller = site.StartPollerOfDummies("--drain");
        await poller.WaitForExitAsync();

        var end = await site.RunCliAsync(["receive", "--max", "10", "--delete"]);

        Assert.All((string[])["file:///dummy/one.zip", "file:///dummy/two.zip", "file:///dummy/three.zip"], url => Assert.Contains(url, end.Output, StringComparison.Ordinal));
        Assert.Equal((0, 0), await site.Completions.CountAsync());
        Assert.Contains("No message", (await site.RunCliAsync(["receive", "--wait", "0"])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejected_requests_are_read_from_the_dead_letter_queue()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        await site.Requests.SendAsync("nonsense");
        await using var poller = site.StartPollerOfDummies("--drain");
        await poller.WaitForExitAsync();

        var message = JsonNode.Parse((await site.RunCliAsync(["--json", "receive", "--queue", "dead-letter", "--delete"])).Output)!;

        Assert.Equal("nonsense", message["body"]!.GetValue<string>());
        Assert.Contains("not valid", message["attributes"]!["Archiver-Reason"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal((0, 0), await site.DeadLetters.CountAsync());
    }

    [Fact]
    public async Task An_invalid_request_is_not_sent()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        var end = await site.RunCliAsync(["send", "--file", "-"], """{"aipid":"mds2909","priority":"urgent"}""");

        Assert.Equal(65, end.ExitCode);
        Assert.Contains("urgent", Assert.Single(end.Log.All), StringComparison.Ordinal);
        Assert.Empty(await site.Requests.TakeAllAsync());
    }

    [Fact]
    public async Task An_endpoint_that_cannot_be_reached_is_69()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqsAndS3);
        var settings = new Dictionary<string, string?>(site.Settings) { ["AWS_ENDPOINT_URL_SQS"] = "http://127.0.0.1:1/" };
        var end = await ProgramUnderTest.RunAsync(Support.Repository.Cli, ["send", "--aipid", "mds2909"], site.Folder.Path, settings);

        Assert.Equal(69, end.ExitCode);
        Assert.Single(end.Log.All);
    }
}
