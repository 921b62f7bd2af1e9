using System.Collections.Concurrent;
using Archiver.Contract;
using Archiver.Queues.Local;
using Microsoft.Data.Sqlite;

namespace Archiver.Queues.Sqlite;

/// <summary>
/// A queue in a SQLite file, for one machine: nothing to install, several processes at once, and nothing is lost when one of them, or
/// the machine, dies. The file must lie on a local disk: SQLite's locks do not work over the network.
/// </summary>
public sealed class SqliteMessageQueue : LocalMessageQueue
{
    // By file and queue, so that a send wakes the long polls of all queues that this process opened on it.
    private static readonly ConcurrentDictionary<(string, string), WakeUp> Polls = new();

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly SqliteStore _store;
    private bool _disposed;

    /// <summary>Opens a queue; creates the file, its folder, the queue and its dead-letter queue when they are missing.</summary>
    /// <param name="location"><c>sqlite:path#name</c>; the name is <c>archive-requests</c> when none is given.</param>
    /// <param name="options">How to create the queue; null for the defaults.</param>
    /// <param name="clock">Null for the system's.</param>
    /// <exception cref="ArchiverException">Exit code 78: the location is malformed, or the file cannot be written.</exception>
    public SqliteMessageQueue(string location, LocalQueueOptions? options = null, TimeProvider? clock = null)
        : this(location, SqliteLocation.Parse(location), options ?? new LocalQueueOptions(), clock ?? TimeProvider.System)
    {
    }

    private SqliteMessageQueue(string text, SqliteLocation location, LocalQueueOptions options, TimeProvider clock)
        : base(text, location.Name, Polls.GetOrAdd((location.Path, location.Name), _ => new WakeUp()), clock)
    {
        _path = location.Path;
        _connection = Guard(() => SqliteFile.Open(_path));
        try
        {
            _store = new SqliteStore(_connection, location, Guard(() => SqliteQueueRow.FindOrCreate(_connection, location.Name, options)));
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Releases the file.</summary>
    public override async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        _disposed = true;
        await _connection.DisposeAsync().ConfigureAwait(false);
        _turn.Release();
    }

    private protected override async Task<T> CallAsync<T>(Func<IMessageStore, T> call, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            // SQLite has no asynchronous calls; the caller's thread does not wait for the disk. Once begun, a call is carried through.
            return await Task.Run(() => Guard(() => call(_store)), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private T Guard<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Explain(error, _path);
        }
    }
}
