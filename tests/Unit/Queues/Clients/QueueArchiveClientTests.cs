using System.Text.Json;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Queues;
using Archiver.Queues.Clients;
using Archiver.Queues.Memory;

namespace Archiver.Tests.Queues.Clients;

public sealed class QueueArchiveClientTests : IAsyncDisposable
{
    private readonly MemoryMessageQueue _requests = new("requests.fifo");
    private readonly MemoryMessageQueue _completions = new("completions");
    private readonly QueueArchiveClient _client;

    public QueueArchiveClientTests() => _client = new QueueArchiveClient(_requests, _completions);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task A_request_arrives_on_the_request_queue_with_its_attributes()
    {
        var request = new ArchiveRequest { AipId = "mds2909", FileNames = ["trial1.txt", "prüfung.txt"], Priority = RequestPriority.High };
        var attributes = new Dictionary<string, MessageAttribute> { ["Correlation-Id"] = MessageAttribute.Text("42") };

        var id = await _client.RequestArchiveAsync(request, attributes, Token);

        var message = await ReceiveAsync();
        Assert.Equal(id, message.MessageId);
        Assert.Equal("""{"action":"archive","aipid":"mds2909","filenames":["trial1.txt","prüfung.txt"],"priority":"high"}""", message.Body);
        Assert.Equal("42", message.Attributes["Correlation-Id"].StringValue);
        Assert.Equal("archive-mds2909", message.GroupId);
    }

    [Fact]
    public async Task The_same_request_twice_is_one_on_a_fifo_queue()
    {
        var request = new ArchiveRequest { AipId = "mds2909" };

        Assert.Equal(await _client.RequestArchiveAsync(request, null, Token), await _client.RequestArchiveAsync(request, null, Token));
        Assert.NotEqual(await _client.RequestArchiveAsync(request, null, Token), await _client.RequestArchiveAsync(request with { Priority = "low" }, null, Token));
    }

    [Fact]
    public async Task A_group_name_stays_within_what_a_queue_takes()
    {
        await _client.RequestArchiveAsync(new ArchiveRequest { AipId = new string('a', 256) }, null, Token);
        await _client.RequestArchiveAsync(new ArchiveRequest { AipId = new string('b', 256) }, null, Token);
        await _client.RequestArchiveAsync(new ArchiveRequest { Files = [new RequestedFile("a.jpg")] }, null, Token);

        var groups = (await _requests.ReceiveAsync(10, TimeSpan.Zero, Token)).Select(m => m.GroupId!).ToList();

        Assert.Equal(3, groups.Distinct().Count());
        Assert.All(groups, group => Assert.InRange(group.Length, 1, 128));
        Assert.All(groups, group => Assert.StartsWith("archive-", group, StringComparison.Ordinal));
    }

    public static TheoryData<ArchiveRequest, string> Invalid { get; } = new()
    {
        { new ArchiveRequest(), "names nothing" },
        { new ArchiveRequest { AipId = "--help" }, "aipid" },
        { new ArchiveRequest { AipId = "a", Action = "delete" }, "action" },
        { new ArchiveRequest { AipId = "a", Priority = "urgent" }, "priority" },
        { new ArchiveRequest { AipId = "a", Timestamp = "yesterday" }, "timestamp" },
        { new ArchiveRequest { AipId = "a", FileNames = [] }, "filenames" },
        { new ArchiveRequest { Files = [new RequestedFile("")] }, "files[0]" },
        { new ArchiveRequest { AipId = "a", Metadata = default(JsonElement) }, "JSON" },
        { new ArchiveRequest { AipId = "a", Unknown = new Dictionary<string, JsonElement> { ["priority"] = JsonElement.Parse("1") } }, "" },
    };

    [Theory]
    [MemberData(nameof(Invalid), DisableDiscoveryEnumeration = true)]
    public async Task An_invalid_request_is_refused_before_it_is_sent(ArchiveRequest request, string word)
    {
        var error = await Assert.ThrowsAsync<ArchiverException>(() => _client.RequestArchiveAsync(request, null, Token));

        Assert.Equal(ExitCode.DataError, error.ExitCode);
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
        Assert.Empty(await _requests.ReceiveAsync(1, TimeSpan.Zero, Token));
    }

    [Fact]
    public async Task No_completion_is_null() => Assert.Null(await _client.ReceiveCompletionAsync(TimeSpan.Zero, Token));

    [Fact]
    public async Task A_completion_is_received_and_deleted()
    {
        const string Body = """
            {"action": "archive", "aipid": "mds2909", "filenames": ["trial1.txt"], "timestamp": "2024-05-30T14:29:22.850913+00:00", "priority": "low",
             "success": true, "message": "Files successfully archived.", "substitutions": {"archiver_URL": "https://cdn.example.test/a.zip"}, "album": "Summer"}
            """;
        await _completions.SendAsync(new OutgoingMessage(Body) { Attributes = new Dictionary<string, MessageAttribute> { ["a"] = MessageAttribute.Text("b") } }, Token);

        var received = await _client.ReceiveCompletionAsync(TimeSpan.FromSeconds(1), Token);

        Assert.NotNull(received);
        Assert.Equal(Body, received.RawBody);
        Assert.Equal("b", received.Attributes["a"].StringValue);
        Assert.True(received.Completion.Success);
        Assert.Equal(("mds2909", "low"), (received.Completion.AipId, received.Completion.Priority));
        Assert.Equal("https://cdn.example.test/a.zip", received.Completion.Substitutions!["archiver_URL"]);
        Assert.Equal("Summer", received.Completion.Unknown!["album"].GetString());
        await _client.DeleteMessageAsync(received.ReceiptHandle, Token);
        Assert.Equal((0, 0), await CountAsync());
    }

    [Fact]
    public async Task What_a_completion_leaves_out_has_its_default()
    {
        await _completions.SendAsync(new OutgoingMessage("""{"aipid": "a", "timestamp": "2024-05-30"}"""), Token);

        var completion = (await _client.ReceiveCompletionAsync(TimeSpan.Zero, Token))!.Completion;

        Assert.Equal(("archive", "medium", "", false), (completion.Action, completion.Priority, completion.Message, completion.Success));
        Assert.Equal(JsonValueKind.Object, completion.Metadata.ValueKind);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"aipid": null, "timestamp": "2024-05-30"}""")]
    [InlineData("""{"aipid": "a", "aipid": "b", "timestamp": "2024-05-30"}""")]
    public async Task A_message_that_is_no_completion_can_be_looked_at_and_deleted(string body)
    {
        await _completions.SendAsync(new OutgoingMessage(body), Token);

        var error = await Assert.ThrowsAsync<UnreadableCompletionException>(() => _client.ReceiveCompletionAsync(TimeSpan.Zero, Token));

        Assert.Equal((ExitCode.DataError, body), (error.ExitCode, error.Received.Body));
        await _client.DeleteMessageAsync(error.Received.ReceiptHandle, Token);
        Assert.Equal((0, 0), await CountAsync());
    }

    [Fact]
    public async Task Deleting_what_is_not_ours_any_more_fails()
    {
        await _completions.SendAsync(new OutgoingMessage("""{"aipid": "a", "timestamp": "2024-05-30"}"""), Token);
        var old = (await _client.ReceiveCompletionAsync(TimeSpan.Zero, Token))!;
        await _completions.ChangeVisibilityAsync(old.ReceiptHandle, TimeSpan.Zero, Token);
        await _client.ReceiveCompletionAsync(TimeSpan.Zero, Token);

        var error = await Assert.ThrowsAsync<ArchiverException>(() => _client.DeleteMessageAsync(old.ReceiptHandle, Token));

        Assert.Equal(ExitCode.TempFail, error.ExitCode);
    }

    [Fact]
    public async Task A_client_that_only_sends_says_so()
    {
        await using var sender = new QueueArchiveClient(_requests, null);

        var error = await Assert.ThrowsAsync<ArchiverException>(() => sender.ReceiveCompletionAsync(TimeSpan.Zero, Token));

        Assert.Equal(ExitCode.Config, error.ExitCode);
    }

    private async Task<ReceivedMessage> ReceiveAsync() => Assert.Single(await _requests.ReceiveAsync(1, TimeSpan.Zero, Token));

    private async Task<(long, long)> CountAsync()
    {
        var properties = await _completions.GetPropertiesAsync(Token);
        return (properties.Visible, properties.InFlight);
    }
}
