using Archiver.Queues.Local;

namespace Archiver.Queues.Sqlite;

/// <summary>A queue as stored in its file.</summary>
internal sealed record SqliteQueueRow(
    long Id, string Name, TimeSpan VisibilityTimeout, (long Id, string Name)? DeadLetters, int MaxReceiveCount)
{
    /// <summary>Finds the queue, or creates it with its dead-letter queue. An existing queue keeps its settings.</summary>
    public static SqliteQueueRow FindOrCreate(SqliteSession session, string name, LocalQueueOptions options)
    {
        if (Find(session, name) is { } there)
            return there;
        session.Change(() => Create(session, name, options));
        return Find(session, name)!;
    }

    private static SqliteQueueRow? Find(SqliteSession session, string name) =>
        session.Read(
            "SELECT q.id, q.visibility_ms, q.max_receives, d.id, d.name "
            + "FROM queues AS q LEFT JOIN queues AS d ON d.id = q.dead_letters AND d.id <> q.id WHERE q.name = $1",
            row => new SqliteQueueRow(
                row.GetInt64(0),
                name,
                TimeSpan.FromMilliseconds(
                    Math.Clamp(StoredNumber.Read(row.GetValue(1)), 0, (long)QueueLimits.Sqs.Visibility.TotalMilliseconds)),
                row.IsDBNull(3) ? null : (row.GetInt64(3), row.GetString(4)),
                (int)Math.Clamp(StoredNumber.Read(row.GetValue(2)), 1, int.MaxValue)),
            name).FirstOrDefault();

    private static long Create(SqliteSession session, string name, LocalQueueOptions options)
    {
        long? deadLetters = QueueName.DeadLetterOf(name) is { } dead ? Create(session, dead, options) : null;
        session.Run(
            "INSERT INTO queues (name, visibility_ms, dead_letters, max_receives) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            name, (long)options.VisibilityTimeout.TotalMilliseconds, deadLetters, options.MaxReceiveCount);
        return (long)session.Ask("SELECT id FROM queues WHERE name = $1", name)!;
    }
}
