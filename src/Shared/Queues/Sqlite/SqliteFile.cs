using Microsoft.Data.Sqlite;

namespace Archiver.Queues.Sqlite;

/// <summary>Opens a queue file, and creates it and its folder when they are missing.</summary>
internal static class SqliteFile
{
    private const int BusySeconds = 30;

    public static SqliteConnection Open(string path)
    {
        CreateFolder(path);
        // Without pooling the file is released as soon as the queue is disposed.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
        try
        {
            connection.Open();
            // Readers and one writer at a time do not wait for each other in WAL; FULL syncs each commit, so that a power cut loses nothing.
            connection.Run($"PRAGMA busy_timeout = {BusySeconds * 1000}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
            SqliteSchema.Ensure(connection, path);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void CreateFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "/");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw SqliteErrors.Wrong(path, "cannot be created: its folder cannot be made; check the path and its permissions", error);
        }
    }
}
