namespace Archiver.Queues.Sqlite;

/// <summary>
/// The tables of a queue file. <c>user_version</c> counts the versions that older programs could not use; a later one upgrades in place.
/// </summary>
internal static class SqliteSchema
{
    private const long Version = 1;

    // Times are milliseconds since 1970 in UTC; visible_at is 0 for messages that wait for their turn, whatever the clock says. The body
    // comes last, because SQLite has to read through a long one to reach later columns. An index also holds the position (the row id),
    // so the head of a queue is found at once, however many messages are hidden.
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
        CREATE INDEX messages_by_visibility ON messages (queue, visible_at);
        CREATE INDEX messages_in_group ON messages (queue, group_id, visible_at) WHERE group_id IS NOT NULL;
        CREATE TABLE deduplication (
            queue INTEGER NOT NULL REFERENCES queues (id),
            id TEXT NOT NULL,
            message TEXT NOT NULL,
            until INTEGER NOT NULL,
            PRIMARY KEY (queue, id)) WITHOUT ROWID;
        PRAGMA user_version = 1;
        """;

    // For files of earlier versions, which can still use them afterwards.
    private const string LaterIndex = """
        DROP INDEX IF EXISTS messages_in_queue;
        CREATE INDEX messages_by_visibility ON messages (queue, visible_at);
        UPDATE messages SET visible_at = 0 WHERE receipt IS NULL;
        """;

    public static void Ensure(SqliteSession session, string path)
    {
        if (IsCurrent(session))
            return;
        session.Change(() =>
        {
            // Check again: another process may have been faster.
            if (IsCurrent(session))
                return true;
            var version = VersionOf(session);
            if (version > Version)
                throw SqliteErrors.Wrong(path, "was written by a newer version of this program: update, or use another file");
            if (version == 0 && session.Ask("SELECT 1 FROM sqlite_master LIMIT 1") is not null)
                throw SqliteErrors.Wrong(path, "is a database of another program: use another file");
            session.RunScript(version == 0 ? Tables : LaterIndex);
            return true;
        });
    }

    private static bool IsCurrent(SqliteSession session) =>
        VersionOf(session) == Version
        && session.Ask("SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = 'messages_by_visibility'") is not null;

    private static long VersionOf(SqliteSession session) => (long)session.Ask("PRAGMA user_version")!;
}
