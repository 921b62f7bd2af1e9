using Microsoft.Data.Sqlite;

namespace Archiver.Queues.Sqlite;

/// <summary>
/// A queue file as shared by all queues of this process: they use one session and take turns, and if the file is deleted or replaced,
/// all of them switch to the new one. (Two sessions, on the old and the new file, would share the same -wal and -shm files.)
/// </summary>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    // For attempts of a second or two each: see SqliteFile.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, SqliteDatabase> Opened = [];

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string _path;
    private SqliteSession? _session;
    private int _users;

    private SqliteDatabase(string path) => _path = path;

    /// <summary>How many times the file was found replaced.</summary>
    public int Replacements { get; private set; }

    /// <summary>Dispose of the result once per call.</summary>
    public static SqliteDatabase Open(string path)
    {
        lock (Opened)
        {
            if (!Opened.TryGetValue(path, out var database))
                Opened.Add(path, database = new SqliteDatabase(path));
            database._users++;
            return database;
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (Opened)
        {
            if (--_users > 0)
                return;
            Opened.Remove(_path);
        }

        await _turn.WaitAsync().ConfigureAwait(false);
        CloseSession();
        _turn.Release();
    }

    /// <summary>Runs calls one at a time. A call that has started is completed.</summary>
    public async Task<T> UseAsync<T>(Func<SqliteSession, T> call, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                // SQLite has no asynchronous calls, and the caller's thread must not wait for the disk.
                return await Task.Run(() => UseInTurn(call), CancellationToken.None).ConfigureAwait(false);
            }
            catch (SqliteException error) when (!SqliteErrors.IsBusy(error) || TimeProvider.System.GetElapsedTime(started) >= Patience)
            {
                throw SqliteErrors.Explain(error, _path);
            }
            catch (SqliteException)
            {
                // Locked by another process: let other callers, or a cancellation, have their turn.
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    private T UseInTurn<T>(Func<SqliteSession, T> call)
    {
        try
        {
            return call(CurrentSession());
        }
        catch (SqliteException error) when (SqliteErrors.MayBeMendedByReopening(error))
        {
            CloseSession();
            throw;
        }
    }

    private SqliteSession CurrentSession()
    {
        if (_session?.HasMoved == true)
        {
            CloseSession();
            Replacements++;
        }

        return _session ??= SqliteFile.Open(_path);
    }

    private void CloseSession()
    {
        _session?.Dispose();
        _session = null;
    }
}
