using Microsoft.Data.Sqlite;

namespace Archiver.Queues.Sqlite;

/// <summary>
/// A queue file as all queues of this process use it: they share one session and take turns, and when the file was deleted or
/// replaced, all of them go on with the new one. (Two sessions, one on the old file and one on the new, would share the files beside it.)
/// </summary>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    // In tries of a second or two each: see SqliteFile.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, SqliteDatabase> Opened = [];

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string _path;
    private SqliteSession? _session;
    private int _users;

    private SqliteDatabase(string path) => _path = path;

    /// <summary>How often another file was found at the path.</summary>
    public int Replacements { get; private set; }

    /// <summary>To be disposed once for each call.</summary>
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

    /// <summary>Calls when no other call is at work. Once a call has begun, it is carried through.</summary>
    public async Task<T> UseAsync<T>(Func<SqliteSession, T> call, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                // SQLite has no asynchronous calls; the caller's thread does not wait for the disk.
                return await Task.Run(() => UseInTurn(call), CancellationToken.None).ConfigureAwait(false);
            }
            catch (SqliteException error) when (!SqliteErrors.IsBusy(error) || TimeProvider.System.GetElapsedTime(started) >= Patience)
            {
                throw SqliteErrors.Explain(error, _path);
            }
            catch (SqliteException)
            {
                // Locked by another process: others may have their turn, or a stop.
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
