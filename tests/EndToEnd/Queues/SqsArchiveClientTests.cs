using Archiver.Contract.Messages;
using Archiver.Queues;
using Archiver.Queues.Clients;
using Archiver.Queues.Sqs;

namespace Archiver.EndToEnd.Queues;

public sealed class SqsArchiveClientTests : IAsyncDisposable
{
    private readonly SqsLab _lab = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData(".fifo")]
    public async Task A_request_goes_out_and_its_completion_comes_in(string suffix)
    {
        var requestQueue = $"requests-{Guid.NewGuid():N}{suffix}";
        var completionQueue = await _lab.CreateUrlAsync($"completions-{Guid.NewGuid():N}{suffix}");
        await _lab.CreateUrlAsync(requestQueue);
        await using var client = new SqsArchiveClient(requestQueue, completionQueue, SqsEndpoint.Settings);
        await using var requests = new SqsMessageQueue(requestQueue, SqsEndpoint.Settings);
        await using var completions = new SqsMessageQueue(completionQueue, SqsEndpoint.Settings);

        var id = await client.RequestArchiveAsync(new ArchiveRequest { AipId = "mds2909" }, cancellationToken: Token);
        var request = Assert.Single(await requests.ReceiveAsync(1, TimeSpan.FromSeconds(5), Token));
        await completions.SendAsync(new OutgoingMessage("""{"aipid": "mds2909", "timestamp": "2026-07-01", "success": true}"""), Token);
        var received = await client.ReceiveCompletionAsync(TimeSpan.FromSeconds(5), Token);
        await client.DeleteMessageAsync(received!.ReceiptHandle, Token);

        Assert.Equal(id, request.MessageId);
        Assert.Equal(suffix == "" ? null : "archive-mds2909", request.GroupId);
        Assert.True(received.Completion.Success);
        Assert.Equal(0, (await completions.GetPropertiesAsync(Token)).InFlight);
    }
}
