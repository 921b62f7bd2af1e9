using Archiver.Contract;
using Archiver.Contract.Boundary;
using Microsoft.Data.Sqlite;

namespace Archiver.Queues.Sqlite;

/// <summary>What SQLite's result codes mean to an operator. Source: https://www.sqlite.org/rescode.html</summary>
internal static class SqliteErrors
{
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Protocol = 15;
    private const int Authorization = 23;
    private const int NotADatabase = 26;
    private const int SharedMemorySize = 10 | (19 << 8);

    public static ArchiverException Explain(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        CannotOpen => Wrong(path, "cannot be opened: check the path and its permissions", error),
        ReadOnly or Permission or Authorization =>
            Wrong(path, "cannot be written: check the permissions of the file and its folder", error),
        NotADatabase => Wrong(path, "is not a SQLite database: use another file", error),
        Corrupt => Wrong(path, "is damaged: restore it, or move it away to start with an empty one", error),
        Busy or Locked or Protocol => Away(path, "is locked by another process; try again later", error),
        _ when error.SqliteExtendedErrorCode == SharedMemorySize => Away(path, "cannot grow: the disk is full", error),
        Full => Away(path, "cannot grow: the disk is full", error),
        InputOutput => Away(
            path,
            $"cannot be read or written: disk I/O error {error.SqliteExtendedErrorCode}; check the disk and its free space",
            error),
        _ => Away(path, $"failed: {error.Message.ReplaceLineEndings(" ")}", error),
    };

    public static ArchiverException Wrong(string path, string what, Exception? cause = null) =>
        new(ExitCode.Config, $"The queue file {path} {what}.", cause);

    public static bool IsBusy(SqliteException error) => error.SqliteErrorCode is Busy or Locked;

    /// <summary>Whether reopening may help: the file may have been repaired or replaced, but the session keeps its stale view.</summary>
    public static bool MayBeMendedByReopening(SqliteException error) => !IsBusy(error) && error.SqliteErrorCode != Full;

    private static ArchiverException Away(string path, string what, SqliteException cause) =>
        new(ExitCode.Unavailable, $"The queue file {path} {what}.", cause);
}
