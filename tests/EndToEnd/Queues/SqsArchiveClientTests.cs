using Archiver.Contract.Messages;
using Archiver.EndToEnd.Support;
using Archiver.Queues;
using Archiver.Queues.Clients;
using Archiver.Queues.Sqs;

namespace Archiver.EndToEnd.Queues;

public sealed class SqsArchiveClientTests(SqsFixture sqs) : IClassFixture<SqsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_goes_out_and_its_completion_comes_in(bool fifo)
    {
        var settings = SqsSettings.Read();
        var requestQueue = (await sqs.CreateQueueAsync(new QueueOptions { Fifo = fifo })).Name;
        var completionQueue = (await sqs.CreateQueueAsync(new QueueOptions { Fifo = fifo })).Url;
        await using var client = new SqsArchiveClient(requestQueue, completionQueue, settings);
        await using var requests = new SqsMessageQueue(requestQueue, settings);
        await using var completions = new SqsMessageQueue(completionQueue, settings);

        var id = await client.RequestArchiveAsync(new ArchiveRequest { AipId = "mds2909" }, cancellationToken: Token);
        var request = Assert.Single(await requests.ReceiveAsync(1, TimeSpan.FromSeconds(5), Token));
        await completions.SendAsync(new OutgoingMessage("""{"aipid": "mds2909", "timestamp": "2026-07-01", "success": true}"""), Token);
        var received = await client.ReceiveCompletionAsync(TimeSpan.FromSeconds(5), Token);
        await client.DeleteMessageAsync(received!.ReceiptHandle, Token);

        Assert.Equal(id, request.MessageId);
        Assert.Equal(fifo ? "archive-mds2909" : null, request.GroupId);
        Assert.True(received.Completion.Success);
        Assert.Equal(0, (await completions.GetPropertiesAsync(Token)).InFlight);
    }
}
