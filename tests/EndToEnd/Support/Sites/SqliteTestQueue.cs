using Archiver.Queues;
using Archiver.Queues.Local;
using Archiver.Queues.Sqlite;

namespace Archiver.EndToEnd.Support.Sites;

/// <summary>A queue in a SQLite file, which the programs open as well.</summary>
public sealed class SqliteTestQueue(string location, LocalQueueOptions options) : ITestQueue, IAsyncDisposable
{
    private readonly SqliteMessageQueue _queue = new(location, options);

    public string Location => location;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Task<string> SendAsync(string body, IReadOnlyDictionary<string, string>? attributes = null) => _queue.SendAsync(
        new OutgoingMessage(body)
        {
            Attributes = (attributes ?? new Dictionary<string, string>()).ToDictionary(pair => pair.Key, pair => MessageAttribute.Text(pair.Value)),
            // Queues that are not FIFO ignore these.
            GroupId = "archive-test",
            DeduplicationId = Guid.NewGuid().ToString(),
        },
        Token);

    public Task<SeenMessage> ReceiveOneAsync() => Eventually.GetAsync(
        $"a message in {location}",
        async () => (await _queue.ReceiveAsync(1, TimeSpan.FromSeconds(1), Token)).Select(Seen).SingleOrDefault());

    public async Task<IReadOnlyList<SeenMessage>> TakeAllAsync()
    {
        var taken = new List<SeenMessage>();
        while (await _queue.ReceiveAsync(10, TimeSpan.Zero, Token) is { Count: > 0 } messages)
        {
            taken.AddRange(messages.Select(Seen));
            await _queue.DeleteAsync([.. messages.Select(message => message.ReceiptHandle)], Token);
        }

        return taken;
    }

    public async Task<(int Visible, int InFlight)> CountAsync()
    {
        var properties = await _queue.GetPropertiesAsync(Token);
        return ((int)properties.Visible, (int)properties.InFlight);
    }

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private static SeenMessage Seen(Archiver.Queues.ReceivedMessage message) => new(
        message.MessageId, message.Body, message.Attributes.ToDictionary(pair => pair.Key, pair => pair.Value.StringValue ?? ""), message.ReceiveCount);
}
