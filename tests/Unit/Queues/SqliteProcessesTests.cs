using System.Diagnostics;
using Archiver.Queues;
using Archiver.Queues.Local;
using Archiver.Queues.Sqlite;

namespace Archiver.Tests.Queues;

/// <summary>A queue file that several processes use at once, some of which are killed.</summary>
public sealed class SqliteProcessesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("archiver-queue-").FullName;

    private string Location => $"sqlite:{_folder}/queues.db#requests";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Eight_receivers_in_four_processes_never_get_the_same_message()
    {
        await using var queue = new SqliteMessageQueue(Location);
        var sent = await SendAsync(queue, 200);

        var workers = Enumerable.Range(0, 4).Select(_ => Start("receive", 3)).ToList();
        var here = Enumerable.Range(0, 4).Select(_ => DrainAsync()).ToList();
        var received = (await Task.WhenAll(workers.Select(ReadToEndAsync).Concat(here))).SelectMany(ids => ids).ToList();

        Assert.Equal(sent.Order(), received.Order());
        Assert.All(workers, worker => Assert.Equal(0, worker.ExitCode));
    }

    [Fact]
    public async Task Processes_that_create_the_same_queue_at_once_share_it()
    {
        var workers = Enumerable.Range(0, 4).Select(_ => Start("send", 25)).ToList();

        var sent = (await Task.WhenAll(workers.Select(ReadToEndAsync))).SelectMany(ids => ids).ToList();

        Assert.Equal(100, sent.Count);
        Assert.Equal(sent.Order(), (await DrainAsync()).Order());
    }

    [Fact]
    public async Task A_sender_that_is_killed_loses_no_message_that_it_was_told_of()
    {
        using var sender = Start("send", 1_000_000);
        var told = new List<string>();
        while (told.Count < 20)
            told.Add((await sender.StandardOutput.ReadLineAsync(Token))!);

        sender.Kill();
        told.AddRange(await ReadToEndAsync(sender));

        // The last line may be incomplete, and the kill may come between a commit and its line.
        var known = told.Where(id => Guid.TryParseExact(id, "D", out _)).ToList();
        Assert.Equal(137, sender.ExitCode);
        Assert.Empty(known.Except(await DrainAsync()));
    }

    [Fact]
    public async Task What_a_killed_receiver_had_taken_comes_back()
    {
        await using var queue = new SqliteMessageQueue(Location, new LocalQueueOptions { VisibilityTimeout = TimeSpan.FromMilliseconds(1500) });
        var sent = await SendAsync(queue, 200);
        using var receiver = Start("receive", 1);
        var deleted = new List<string>();
        while (deleted.Count < 5)
            deleted.Add((await receiver.StandardOutput.ReadLineAsync(Token))!);

        receiver.Kill();
        deleted.AddRange(await ReadToEndAsync(receiver));

        // Each message is either done or still there.
        var left = await DrainAsync(TimeSpan.FromSeconds(3));
        Assert.Equal(sent.Order(), left.Union(deleted.Where(sent.Contains)).Order());
    }

    private Process Start(string command, int count)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "archiver-queue-worker.dll"), command, Location, $"{count}"])
        {
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }

    private static async Task<List<string>> ReadToEndAsync(Process worker)
    {
        var output = await worker.StandardOutput.ReadToEndAsync(Token);
        await worker.WaitForExitAsync(Token);
        return [.. output.Split('\n').Where(line => line.Length > 0 && line != "ready")];
    }

    private static async Task<List<string>> SendAsync(SqliteMessageQueue queue, int count)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
            ids.Add(await queue.SendAsync(new OutgoingMessage($"message {i}"), Token));
        return ids;
    }

    private async Task<List<string>> DrainAsync(TimeSpan wait = default)
    {
        await using var queue = new SqliteMessageQueue(Location);
        var ids = new List<string>();
        while (await queue.ReceiveAsync(3, wait, Token) is { Count: > 0 } messages)
        {
            ids.AddRange(messages.Select(m => m.MessageId));
            await queue.DeleteAsync([.. messages.Select(m => m.ReceiptHandle)], Token);
        }

        return ids;
    }
}
