using Archiver.Queues.Local;
using Microsoft.Data.Sqlite;

namespace Archiver.Queues.Sqlite;

/// <summary>A queue as its file knows it.</summary>
internal sealed record SqliteQueueRow(long Id, string Name, TimeSpan VisibilityTimeout, long? DeadLetters, int MaxReceiveCount)
{
    /// <summary>Finds the queue, or creates it and its dead-letter queue with it. One that exists keeps its settings.</summary>
    public static SqliteQueueRow FindOrCreate(SqliteConnection connection, string name, LocalQueueOptions options)
    {
        if (Find(connection, name) is { } there)
            return there;
        using var transaction = connection.BeginTransaction(deferred: false);
        Create(connection, name, options);
        transaction.Commit();
        return Find(connection, name)!;
    }

    private static SqliteQueueRow? Find(SqliteConnection connection, string name) =>
        connection.Read(
            "SELECT id, visibility_ms, dead_letters, max_receives FROM queues WHERE name = $1",
            row => new SqliteQueueRow(
                row.GetInt64(0), name, TimeSpan.FromMilliseconds(row.GetInt64(1)), row.IsDBNull(2) ? null : row.GetInt64(2), row.GetInt32(3)),
            name).FirstOrDefault();

    private static long Create(SqliteConnection connection, string name, LocalQueueOptions options)
    {
        long? deadLetters = QueueName.DeadLetterOf(name) is { } dead ? Create(connection, dead, options) : null;
        connection.Run(
            "INSERT INTO queues (name, visibility_ms, dead_letters, max_receives) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            name, (long)options.VisibilityTimeout.TotalMilliseconds, deadLetters, options.MaxReceiveCount);
        return (long)connection.Ask("SELECT id FROM queues WHERE name = $1", name)!;
    }
}
