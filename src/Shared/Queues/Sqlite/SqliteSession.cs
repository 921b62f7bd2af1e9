using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Archiver.Queues.Sqlite;

/// <summary>An open queue file. Statements are prepared once and kept; their parameters are <c>$1</c>, <c>$2</c> and so on.</summary>
internal sealed partial class SqliteSession(SqliteConnection connection) : IDisposable
{
    // https://www.sqlite.org/c3ref/c_fcntl_begin_atomic_write.html
    private const int HasMovedControl = 20;

    private readonly Dictionary<string, SqliteCommand> _commands = [];

    /// <summary>Counts the transactions of this session, which <see cref="DataVersion"/> does not.</summary>
    public long Changes { get; private set; }

    /// <summary>Differs when another session has written since the last look.</summary>
    public long DataVersion => (long)Ask("PRAGMA data_version")!;

    /// <summary>Whether the path leads to another file by now, or to none.</summary>
    public bool HasMoved
    {
        get
        {
            var moved = 0;
            return FileControl(connection.Handle!.DangerousGetHandle(), "main", HasMovedControl, ref moved) == 0 && moved != 0;
        }
    }

    /// <summary>How many seconds each statement is tried again while another process keeps the file locked.</summary>
    public void WaitAtMost(int seconds)
    {
        connection.DefaultTimeout = seconds;
        foreach (var command in _commands.Values)
            command.CommandTimeout = seconds;
    }

    public int Run(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>Runs statements that build on each other, once.</summary>
    public void RunScript(string sql)
    {
        using var command = Create(sql);
        command.ExecuteNonQuery();
    }

    /// <returns>The first row's first column; null when there is no row, or the column is null.</returns>
    public object? Ask(string sql, params ReadOnlySpan<object?> values) =>
        Prepare(sql, values).ExecuteScalar() is var value && value is DBNull ? null : value;

    public List<T> Read<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<object?> values)
    {
        using var reader = Prepare(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }

    /// <summary>Changes the file in one transaction that takes the write lock at once, so that processes take turns.</summary>
    public T Change<T>(Func<T> change)
    {
        Changes++;
        Run("BEGIN IMMEDIATE");
        try
        {
            var result = change();
            Run("COMMIT");
            return result;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <summary>Gives room of deleted messages back to the disk, a bounded piece of it.</summary>
    /// <returns>Whether there may be more to give back.</returns>
    public bool Shrink()
    {
        var incremental = Ask("PRAGMA auto_vacuum") is 2L;
        var step = Shrinking.Next((long)Ask("PRAGMA page_count")!, (long)Ask("PRAGMA freelist_count")!, incremental);
        if (step == ShrinkStep.None)
            return false;
        // The pragma gives a row, and a page back, with each step.
        _ = step == ShrinkStep.Whole ? Run("VACUUM") : Read($"PRAGMA incremental_vacuum({Shrinking.PagesAtOnce})", static _ => 0).Count;
        // The file itself becomes shorter when what was written is taken over into it.
        Ask("PRAGMA wal_checkpoint(PASSIVE)");
        return true;
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
        connection.Dispose();
    }

    private void RollBack()
    {
        try
        {
            Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // After some errors SQLite has rolled back by itself: https://www.sqlite.org/lang_transaction.html
        }
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = Create(sql);
            for (var i = 0; i < values.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i + 1}" });
            _commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    private SqliteCommand Create(string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of this project; values come as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileControl(nint connection, string database, int control, ref int result);
}
