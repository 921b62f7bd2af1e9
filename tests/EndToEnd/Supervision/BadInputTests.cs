using System.Text.Json;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

/// <summary>Bodies that are no requests: one poller gets them all, and each is rejected with a reason that helps its sender.</summary>
public abstract class BadInputTests(BadInputRun run)
{
    public static TheoryData<string> All => [.. BadInputRun.Bodies.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void Each_is_rejected_with_a_reason_that_names_what_is_wrong(string what)
    {
        var (body, reason) = BadInputRun.Bodies[what];
        var dead = Assert.Single(run.DeadLetters, message => message.Body == body);
        var completion = Assert.Single(run.Completions, completion => completion.AipId == dead.Attributes["Archiver-Message-Id"] || completion.AipId == what);

        Assert.Equal("65", dead.ExitCode);
        Assert.Contains(reason, dead.Reason, StringComparison.Ordinal);
        Assert.InRange(dead.Reason!.Length, 1, 1024);
        Assert.False(completion.Success);
        Assert.Contains(reason, completion.Text("message"), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', completion.Text("message")!);
    }

    [Fact]
    public void A_request_in_a_notification_is_archived_and_its_attributes_go_onto_the_completion()
    {
        var completion = Assert.Single(run.Completions, static completion => completion.Success);

        Assert.Equal(("in-a-notification", "c-1"), (completion.AipId, completion.Attributes["Correlation-Id"]));
    }

    [Fact]
    public void Nothing_else_is_anywhere()
    {
        Assert.Equal(BadInputRun.Bodies.Count, run.DeadLetters.Count);
        Assert.Equal(BadInputRun.Bodies.Count + 1, run.Completions.Count);
        Assert.Empty(run.Left);
    }
}

public sealed class BadInputOnSqsTests(BadInputOnSqs run) : BadInputTests(run), IClassFixture<BadInputOnSqs>;

public sealed class BadInputOnSqliteTests(BadInputOnSqlite run) : BadInputTests(run), IClassFixture<BadInputOnSqlite>;

public abstract class BadInputRun(SiteKind kind) : IAsyncLifetime
{
    private const int MessageLimit = 1 << 20;

    private Site _site = null!;

    public static readonly IReadOnlyDictionary<string, (string Body, string Reason)> Bodies = new Dictionary<string, (string, string)>
    {
        ["text"] = ("good morning", "JSON"),
        ["array"] = ("[1,2]", "JSON"),
        ["number"] = ("42", "JSON"),
        ["null"] = ("null", "null"),
        ["cut short"] = ("""{"aipid":"cut""", "JSON"),
        ["two objects"] = ("""{"aipid":"a"}{"aipid":"b"}""", "JSON"),
        ["deep"] = ($$"""{"aipid":"deep","metadata":{{Nested(500)}}}""", "deep"),
        ["twice"] = ("""{"aipid":"twice","aipid":"twice"}""", "aipid"),
        ["half a character"] = ("""{"files":[{"source":"\ud800.txt"}]}""", "files"),
        ["no-file"] = ("""{"aipid":"no-file","files":[]}""", "files"),
        ["wrong-type"] = ("""{"aipid":"wrong-type","files":"a.txt"}""", "files"),
        ["large"] = ($$"""{"aipid":"large","files":[],"padding":"{{new string('x', MessageLimit - 2000)}}"}""", "files"),
        ["large text"] = (new string('x', MessageLimit - 2000), "JSON"),
        ["event"] = ("""{"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"},"object":{"key":"k"}}}]}""", "S3 event"),
        ["notification of text"] = (Notification("good morning"), "JSON"),
    };

    public IReadOnlyList<SeenMessage> Completions { get; private set; } = [];

    public IReadOnlyList<SeenMessage> DeadLetters { get; private set; } = [];

    public IReadOnlyList<SeenMessage> Left { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        _site = await Site.CreateAsync(kind);
        foreach (var (body, _) in Bodies.Values)
            await _site.Requests.SendAsync(body);
        await _site.Requests.SendAsync(Notification(DummyRequest.For("in-a-notification")));
        await using var poller = _site.StartPollerOfDummies("--drain");
        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);

        Completions = await _site.Completions.TakeAllAsync();
        DeadLetters = await _site.DeadLetters.TakeAllAsync();
        Left = await _site.Requests.TakeAllAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("""{"a":""", depth)) + "1" + new string('}', depth);

    private static string Notification(string message) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["Type"] = "Notification",
        ["MessageId"] = "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        ["TopicArn"] = "arn:aws:sns:eu-west-1:123456789012:requests",
        ["Message"] = message,
        ["MessageAttributes"] = new Dictionary<string, object> { ["Correlation-Id"] = new { Type = "String", Value = "c-1" } },
    });
}

public sealed class BadInputOnSqs() : BadInputRun(SiteKind.SqsAndS3);

public sealed class BadInputOnSqlite() : BadInputRun(SiteKind.SqliteAndFolders);
