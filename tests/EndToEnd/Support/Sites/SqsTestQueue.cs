using System.Globalization;
using Amazon.SQS.Model;

namespace Archiver.EndToEnd.Support.Sites;

/// <summary>A queue on SQS, by the SDK alone.</summary>
public sealed class SqsTestQueue(QueueUnderTest queue, bool fifo = false) : ITestQueue
{
    public string Location => queue.Url;

    public string Name => queue.Name;

    public Task<string> SendAsync(string body, IReadOnlyDictionary<string, string>? attributes = null) =>
        queue.SendAsync(body, attributes, fifo ? "archive-test" : null);

    public async Task<SeenMessage> ReceiveOneAsync() => Seen(await queue.ReceiveOneAsync());

    public async Task<IReadOnlyList<SeenMessage>> TakeAllAsync()
    {
        var taken = new List<SeenMessage>();
        while (await queue.ReceiveAsync(10, 1) is { Count: > 0 } messages)
        {
            foreach (var message in messages)
            {
                taken.Add(Seen(message));
                await queue.DeleteAsync(message);
            }
        }

        return taken;
    }

    public Task<(int Visible, int InFlight)> CountAsync() => queue.CountAsync();

    private static SeenMessage Seen(Message message) => new(
        message.MessageId,
        message.Body,
        (message.MessageAttributes ?? []).ToDictionary(pair => pair.Key, pair => pair.Value.StringValue),
        int.Parse(message.Attributes["ApproximateReceiveCount"], CultureInfo.InvariantCulture));
}
