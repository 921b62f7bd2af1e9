using Microsoft.Data.Sqlite;

namespace Archiver.Queues.Sqlite;

/// <summary>Opens a queue file; creates it and its folder if they are missing.</summary>
internal static class SqliteFile
{
    // Opening cannot be interrupted; it may have to recover the file, or wait for another process that is creating it.
    private const int SecondsToOpen = 30;

    /// <summary>How long a statement waits for another process's lock.</summary>
    private const int SecondsToWait = 1;

    // How large the write-ahead log may stay after a checkpoint.
    private const int LogBytes = 16 << 20;

    public static SqliteSession Open(string path)
    {
        CreateFolder(path);
        CreateFile(path);
        // Without pooling, the file is released as soon as the session is disposed of.
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = SecondsToOpen };
        var connection = new SqliteConnection(settings.ToString());
        var session = new SqliteSession(connection);
        try
        {
            connection.Open();
            // Must be set when the file is created, or pages of deleted messages cannot be returned to the disk.
            session.RunScript($"PRAGMA busy_timeout = {SecondsToOpen * 1000}; PRAGMA auto_vacuum = INCREMENTAL;");
            // In WAL mode readers and the writer do not wait for each other; FULL syncs each commit, so that a power cut loses nothing.
            if (session.Ask("PRAGMA journal_mode = WAL") is not "wal")
                throw SqliteErrors.Wrong(
                    path, "is on a file system without shared memory, which its write-ahead log needs: move it to a local disk");
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

    /// <summary>
    /// Creates the file for its owner only: requests may be confidential. SQLite gives -wal and -shm the same permissions.
    /// </summary>
    private static void CreateFile(string path)
    {
        // Leftovers of a deleted file would be used with the new one. Look for them first: if another process has created them since, its
        // file exists by now.
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
            // Another process was faster, or SQLite will fail too and say why.
        }
    }
}
