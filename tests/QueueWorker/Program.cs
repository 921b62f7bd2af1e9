// Sends to and receives from a queue in a process of its own, so that tests can run several at once, and kill them.
// Each message id is printed as soon as the queue has said yes to it.
using Archiver.Queues;
using Archiver.Queues.Sqlite;

var (command, location, count) = (args[0], args[1], int.Parse(args[2], null));
await using var queue = new SqliteMessageQueue(location);
Console.WriteLine("ready");
switch (command)
{
    case "send":
        for (var i = 0; i < count; i++)
            Console.WriteLine(await queue.SendAsync(new OutgoingMessage($"message {i}"), default));
        break;
    case "receive":
        while (await queue.ReceiveAsync(count, TimeSpan.FromSeconds(1), default) is { Count: > 0 } messages)
        {
            foreach (var message in messages)
                Console.WriteLine(message.MessageId);
            await queue.DeleteAsync([.. messages.Select(m => m.ReceiptHandle)], default);
        }

        break;
    default:
        Console.Error.WriteLine("send LOCATION COUNT | receive LOCATION BATCH");
        return 64;
}

return 0;
