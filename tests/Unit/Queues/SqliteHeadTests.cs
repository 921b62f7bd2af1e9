using Archiver.Queues.Local;
using Archiver.Queues.Sqlite;
using Microsoft.Extensions.Time.Testing;
using SQLitePCL;

namespace Archiver.Tests.Queues;

/// <summary>What a look and a receive cost, in steps of SQLite's virtual machine, however many messages are hidden or waiting.</summary>
public sealed class SqliteHeadTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SqliteFolder _place = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_look_at_hidden_messages_costs_as_little_as_one_at_none()
    {
        await FillAsync(0, 0);
        var none = Cost(head => Assert.True(head.IsEmpty(Now)));
        await FillAsync(20_000, 0);

        Assert.InRange(Cost(head => Assert.True(head.IsEmpty(Now))), 0, none + 1);
    }

    [Fact]
    public async Task A_receive_behind_hidden_messages_or_before_waiting_ones_costs_as_much_as_one_alone()
    {
        await FillAsync(0, 1);
        var alone = Cost(head => Assert.Single(head.Take(1, Now)));
        await FillAsync(20_000, 1);
        Assert.InRange(Cost(head => Assert.Single(head.Take(1, Now))), 0, alone + 2);
        await FillAsync(0, 20_000);

        Assert.InRange(Cost(head => Assert.Single(head.Take(1, Now))), 0, alone + 2);
    }

    private async Task FillAsync(int hidden, int waiting)
    {
        await using var queue = new SqliteMessageQueue(_place.Location, clock: new FakeTimeProvider(Now));
        _place.Ask(
            $"""
            DELETE FROM messages;
            INSERT INTO messages (queue, id, sent_at, visible_at, body)
            SELECT (SELECT id FROM queues WHERE name = 'requests'), printf('00000000-0000-0000-0000-%012d', value), 0,
              iif(value <= {hidden}, {Now.AddMinutes(5).ToUnixTimeMilliseconds()}, 0), 'x'
            FROM (WITH RECURSIVE n (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < {hidden + waiting}) SELECT value FROM n WHERE {hidden + waiting} > 0)
            """);
        Assert.Equal((waiting, hidden), ((await queue.GetPropertiesAsync(Token)).Visible, (await queue.GetPropertiesAsync(Token)).InFlight));
    }

    private int Cost(Action<SqliteHead> call)
    {
        var connection = _place.Connect();
        using var session = new SqliteSession(connection);
        var head = new SqliteHead(session, SqliteQueueRow.FindOrCreate(session, "requests", new LocalQueueOptions()));
        var steps = 0;
        raw.sqlite3_progress_handler(connection.Handle, 100, _ => { steps++; return 0; }, null);
        call(head);
        return steps;
    }
}
