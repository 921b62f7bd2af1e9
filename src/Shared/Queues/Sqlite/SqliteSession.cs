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

    /// <summary>Changes whenever another session has written.</summary>
    public long DataVersion => (long)Ask("PRAGMA data_version")!;

    /// <summary>Whether the path now leads to another file or to none.</summary>
    public bool HasMoved
    {
        get
        {
            var moved = 0;
            return FileControl(connection.Handle!.DangerousGetHandle(), "main", HasMovedControl, ref moved) == 0 && moved != 0;
        }
    }

    /// <summary>Sets how long each statement is retried while another process has the file locked.</summary>
    public void WaitAtMost(int seconds)
    {
        connection.DefaultTimeout = seconds;
        foreach (var command in _commands.Values)
            command.CommandTimeout = seconds;
    }

    public int Run(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>Runs a script of statements once.</summary>
    public void RunScript(string sql)
    {
        using var command = Create(sql);
        command.ExecuteNonQuery();
    }

    /// <returns>The first column of the first row; null if there is no row or the column is null.</returns>
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

    /// <summary>Returns space of deleted messages to the disk, up to a limit.</summary>
    /// <returns>Whether there may be more to return.</returns>
    public bool Shrink()
    {
        var incremental = Ask("PRAGMA auto_vacuum") is 2L;
        var step = Shrinking.Next((long)Ask("PRAGMA page_count")!, (long)Ask("PRAGMA freelist_count")!, incremental);
        if (step == ShrinkStep.None)
            return false;
        // Each step of the pragma yields a row and frees a page.
        _ = step == ShrinkStep.Whole ? Run("VACUUM") : Read($"PRAGMA incremental_vacuum({Shrinking.PagesAtOnce})", static _ => 0).Count;
        // Only a checkpoint makes the file itself shorter.
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
            // After some errors SQLite has already rolled back: https://www.sqlite.org/lang_transaction.html
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
#pragma warning disable CA2100 // All statements are constants of this project; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileControl(nint connection, string database, int control, ref int result);
}
