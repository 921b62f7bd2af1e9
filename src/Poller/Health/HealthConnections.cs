namespace Archiver.Poller.Health;

/// <summary>
/// The connections that are open. When there are too many the oldest gives way, so that whoever asks now is answered, however many others
/// only hold on.
/// </summary>
internal sealed class HealthConnections(int most)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<IDisposable> _open = [];

    /// <summary>Takes one in.</summary>
    public void Add(IDisposable connection)
    {
        IDisposable? oldest = null;
        lock (_lock)
        {
            _open.AddLast(connection);
            if (_open.Count > most)
            {
                oldest = _open.First!.Value;
                _open.RemoveFirst();
            }
        }
        oldest?.Dispose();
    }

    /// <summary>Ends one.</summary>
    public void Close(IDisposable connection)
    {
        lock (_lock)
            _open.Remove(connection);
        connection.Dispose();
    }

    /// <summary>Ends all.</summary>
    public void CloseAll()
    {
        List<IDisposable> all;
        lock (_lock)
        {
            all = [.. _open];
            _open.Clear();
        }
        all.ForEach(static connection => connection.Dispose());
    }
}
