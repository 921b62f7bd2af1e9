using System.Collections.Concurrent;
using Archiver.Contract;
using Archiver.Queues.Local;

namespace Archiver.Queues.Sqlite;

/// <summary>
/// A queue in a SQLite file, for one machine: nothing to install, several processes at once, and nothing is lost when one of them, or
/// the machine, dies. The file must lie on a local disk: SQLite's locks do not work over the network.
/// When the file is deleted or replaced while it is in use, the next receive says so (exit code 69), and all goes on in the new file.
/// </summary>
public sealed class SqliteMessageQueue : LocalMessageQueue
{
    // By file and queue, so that a send wakes the long polls of all queues that this process opened on it.
    private static readonly ConcurrentDictionary<(string, string), WakeUp> Polls = new();

    private readonly SqliteLocation _location;
    private readonly LocalQueueOptions _options;
    private readonly SqliteDatabase _database;
    private SqliteStore? _store;
    private int _disposed;

    /// <summary>Opens a queue; creates the file, its folder, the queue and its dead-letter queue when they are missing.</summary>
    /// <param name="location"><c>sqlite:path#name</c>; the name is <c>archive-requests</c> when none is given.</param>
    /// <param name="options">How to create the queue; null for the defaults.</param>
    /// <param name="clock">Null for the system's.</param>
    /// <exception cref="ArchiverException">Exit code 78: the location is malformed, or the file cannot be used; 69: it is kept locked, or
    /// the disk is full.</exception>
    public SqliteMessageQueue(string location, LocalQueueOptions? options = null, TimeProvider? clock = null)
        : this(location, SqliteLocation.Parse(location), options ?? new LocalQueueOptions(), clock ?? TimeProvider.System)
    {
    }

    private SqliteMessageQueue(string text, SqliteLocation location, LocalQueueOptions options, TimeProvider clock)
        : base(text, location.Name, Polls.GetOrAdd((location.Path, location.Name), _ => new WakeUp()), clock)
    {
        (_location, _options) = (location, options);
        _database = SqliteDatabase.Open(location.Path);
        try
        {
            // A constructor cannot wait otherwise; the work is done by another thread, so that nothing can be waiting for this one.
            _ = CallAsync(static _ => true, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch
        {
            DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    /// <summary>Releases the file.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            await _database.DisposeAsync().ConfigureAwait(false);
    }

    private protected override Task<T> CallAsync<T>(Func<IMessageStore, T> call, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed == 1, this);
        return _database.UseAsync(session => call(StoreIn(session)), cancellationToken);
    }

    private SqliteStore StoreIn(SqliteSession session)
    {
        if (_store?.Session != session)
        {
            var queue = SqliteQueueRow.FindOrCreate(session, _location.Name, _options);
            _store = new SqliteStore(session, _location, queue, _database.Replacements, _store?.ToldReplacements ?? _database.Replacements);
        }

        return _store;
    }
}
