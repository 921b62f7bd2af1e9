using Microsoft.Data.Sqlite;

namespace Archiver.Queues.Sqlite;

/// <summary>The tables of a queue file. <c>user_version</c> counts their versions; a later one upgrades in place.</summary>
internal static class SqliteSchema
{
    private const long Version = 1;

    // Times are milliseconds since 1970 in UTC. The body comes last, because SQLite walks through a long one to reach what is
    // behind it. The index on the queue holds the position too (it is the row id), so the head of a queue is found at once.
    private const string Tables = """
        CREATE TABLE queues (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            visibility_ms INTEGER NOT NULL,
            dead_letters INTEGER REFERENCES queues (id),
            max_receives INTEGER NOT NULL);
        CREATE TABLE messages (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            queue INTEGER NOT NULL REFERENCES queues (id),
            id TEXT NOT NULL UNIQUE,
            group_id TEXT,
            sent_at INTEGER NOT NULL,
            visible_at INTEGER NOT NULL,
            receives INTEGER NOT NULL DEFAULT 0,
            receipt TEXT,
            attributes TEXT,
            body NOT NULL);
        CREATE INDEX messages_in_queue ON messages (queue);
        CREATE INDEX messages_in_group ON messages (queue, group_id, visible_at) WHERE group_id IS NOT NULL;
        CREATE TABLE deduplication (
            queue INTEGER NOT NULL REFERENCES queues (id),
            id TEXT NOT NULL,
            message TEXT NOT NULL,
            until INTEGER NOT NULL,
            PRIMARY KEY (queue, id)) WITHOUT ROWID;
        PRAGMA user_version = 1;
        """;

    public static void Ensure(SqliteConnection connection, string path)
    {
        if (VersionOf(connection) == Version)
            return;
        using var transaction = connection.BeginTransaction(deferred: false);
        // Asked again: another process may have been quicker.
        var version = VersionOf(connection);
        if (version > Version)
            throw SqliteErrors.Wrong(path, "was written by a newer version of this program: update, or name another file");
        if (version == 0)
        {
            if (connection.Ask("SELECT 1 FROM sqlite_master LIMIT 1") is not null)
                throw SqliteErrors.Wrong(path, "is a database of another program: name another file");
            connection.Run(Tables);
        }

        transaction.Commit();
    }

    private static long VersionOf(SqliteConnection connection) => (long)connection.Ask("PRAGMA user_version")!;
}
