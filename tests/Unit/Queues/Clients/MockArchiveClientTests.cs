using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Queues;
using Archiver.Queues.Clients;

namespace Archiver.Tests.Queues.Clients;

public sealed class MockArchiveClientTests : IAsyncDisposable
{
    private static readonly ArchiveRequest Request = new() { AipId = "mds2909", FileNames = ["a.txt"], Timestamp = "2026-07-01T12:00:00Z" };

    private readonly MockArchiveClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task Requests_are_recorded()
    {
        var attributes = new Dictionary<string, MessageAttribute> { ["a"] = MessageAttribute.Text("b") };

        var id = await _client.RequestArchiveAsync(Request, attributes, Token);

        var recorded = Assert.Single(_client.Requests);
        Assert.Equal((id, "mds2909", "b"), (recorded.MessageId, recorded.Request.AipId, recorded.Attributes["a"].StringValue));
        Assert.Contains("\"aipid\":\"mds2909\"", recorded.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_answered_with_success()
    {
        await _client.RequestArchiveAsync(Request, null, Token);

        var received = await _client.ReceiveCompletionAsync(TimeSpan.FromSeconds(20), Token);

        Assert.True(received!.Completion.Success);
        Assert.Equal(("mds2909", Request.Timestamp), (received.Completion.AipId, received.Completion.Timestamp));
        Assert.NotNull(received.Completion.Archive);
        Assert.Contains("archiver_URL", received.RawBody, StringComparison.Ordinal);
        await _client.DeleteMessageAsync(received.ReceiptHandle, Token);
        Assert.Equal([received.ReceiptHandle], _client.Deleted);
        Assert.Null(await _client.ReceiveCompletionAsync(TimeSpan.FromSeconds(20), Token));
    }

    [Fact]
    public async Task Answers_can_be_scripted()
    {
        _client.AnswerNext(request => MockArchiveClient.Failure(request, ExitCode.NoInput, "a.txt does not exist"))
            .AnswerNext(_ => null)
            .AnswerNext(new ArchiveCompletion { AipId = "mine", Timestamp = "2026-07-01" });
        for (var i = 0; i < 4; i++)
            await _client.RequestArchiveAsync(Request, null, Token);

        var answers = new List<ArchiveCompletion>();
        while (await _client.ReceiveCompletionAsync(TimeSpan.Zero, Token) is { } received)
            answers.Add(received.Completion);

        Assert.Equal(new FailureDescription("NOINPUT", 66, "a.txt does not exist"), answers[0].Error);
        Assert.Equal(["mds2909", "mine", "mds2909"], answers.Select(a => a.AipId));
        Assert.Equal([false, false, true], answers.Select(a => a.Success));
    }

    [Fact]
    public async Task Sending_can_be_made_to_fail()
    {
        _client.FailNext(new ArchiverException(ExitCode.Unavailable, "no queue today"));

        Assert.Equal(
            ExitCode.Unavailable,
            (await Assert.ThrowsAsync<ArchiverException>(() => _client.RequestArchiveAsync(Request, null, Token))).ExitCode);
        Assert.Empty(_client.Requests);
        await _client.RequestArchiveAsync(Request, null, Token);
    }

    [Fact]
    public async Task Invalid_requests_are_refused_as_by_the_real_client() =>
        Assert.Equal(
            ExitCode.DataError,
            (await Assert.ThrowsAsync<ArchiverException>(() => _client.RequestArchiveAsync(new ArchiveRequest(), null, Token))).ExitCode);
}
