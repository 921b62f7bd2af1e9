using Microsoft.Data.Sqlite;

namespace Archiver.Queues.Sqlite;

/// <summary>Opens a queue file, and creates it and its folder when they are missing.</summary>
internal static class SqliteFile
{
    // For what cannot be interrupted: opening may have to recover the file, or wait for another process that creates it.
    private const int SecondsToOpen = 30;

    /// <summary>How long a statement waits for another process's lock.</summary>
    private const int SecondsToWait = 1;

    // What the log beside the file may keep on the disk when its content has been taken over.
    private const int LogBytes = 16 << 20;

    public static SqliteSession Open(string path)
    {
        CreateFolder(path);
        CreateFile(path);
        // Without pooling the file is released as soon as the session is disposed.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = SecondsToOpen }.ToString());
        var session = new SqliteSession(connection);
        try
        {
            connection.Open();
            // Pages of deleted messages can be given back only in a file that was created so.
            session.RunScript($"PRAGMA busy_timeout = {SecondsToOpen * 1000}; PRAGMA auto_vacuum = INCREMENTAL;");
            // Readers and one writer at a time do not wait for each other in WAL; FULL syncs each commit, so that a power cut loses
            // nothing.
            if (session.Ask("PRAGMA journal_mode = WAL") is not "wal")
                throw SqliteErrors.Wrong(path, "is on a file system without shared memory, which its write-ahead log needs: move it to a local disk");
            session.RunScript($"PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA journal_size_limit = {LogBytes};");
            SqliteSchema.Ensure(session, path);
            session.RunScript($"PRAGMA busy_timeout = {SecondsToWait * 1000};");
            session.WaitAtMost(SecondsToWait);
            return session;
        }
        catch
        {
            session.Dispose();
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
            throw SqliteErrors.Wrong(path, "cannot be created, nor can its folder: check the path and its permissions", error);
        }
    }

    /// <summary>Requests may name what is nobody else's business. SQLite gives the files beside it the same permissions.</summary>
    private static void CreateFile(string path)
    {
        // Those of a file that was deleted would be taken for those of the new one. Looked for first: if they are the new one's, it is
        // there by now.
        var left = new[] { $"{path}-wal", $"{path}-shm" }.Where(File.Exists).ToList();
        if (OperatingSystem.IsWindows() || Path.Exists(path))
            return;
        try
        {
            left.ForEach(File.Delete);
            new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another process was quicker, or SQLite fails as well and tells why.
        }
    }
}
