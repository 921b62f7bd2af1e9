using System.Collections.Concurrent;
using Archiver.Contract;
using Archiver.Queues.Local;

namespace Archiver.Queues.Sqlite;

/// <summary>
/// A queue in a SQLite file, for one machine: nothing to install, usable by several processes at once, and nothing is lost if a process
/// or the machine crashes. The file must be on a local disk: SQLite's locks do not work over a network.
/// If the file is deleted or replaced while in use, the next receive reports it (exit code 69), and the queue continues with the new file.
/// </summary>
public sealed class SqliteMessageQueue : LocalMessageQueue
{
    // By file and queue, so that a send wakes the long polls of all instances in this process.
    private static readonly ConcurrentDictionary<(string, string), WakeUp> Polls = new();

    private readonly SqliteLocation _location;
    private readonly LocalQueueOptions _options;
    private readonly SqliteDatabase _database;
    private SqliteStore? _store;
    private int _disposed;

    /// <summary>Opens a queue; creates the file, its folder, the queue and its dead-letter queue if they are missing.</summary>
    /// <param name="location"><c>sqlite:path#name</c>; the name defaults to <c>archive-requests</c>.</param>
    /// <param name="options">How to create the queue; null for the defaults.</param>
    /// <param name="clock">The clock; null for the system clock.</param>
    /// <exception cref="ArchiverException">
    /// Exit code 78: the location is malformed, or the file cannot be used; 69: the file stays locked, or the disk is full.
    /// </exception>
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
            // A constructor cannot await. The work runs on another thread, so this cannot deadlock.
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
