using System.Net.Sockets;
using Serilog;

namespace Archiver.Poller.Health;

/// <summary>Answers those who watch the poller over HTTP: <c>/healthz</c>, <c>/readyz</c>, <c>/metrics</c>, to GET and HEAD.</summary>
/// <remarks>
/// A server of its own: that of .NET keeps as many connections as anybody opens, for as long as they like, and takes the process down when
/// descriptors run out.
/// </remarks>
internal sealed class HealthServer : IAsyncDisposable
{
    /// <summary>More than ask at once, and far fewer than there are descriptors.</summary>
    public const int MostConnections = 128;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly HealthConnections _connections = new(MostConnections);
    private readonly CancellationTokenSource _end = new();
    private readonly HealthPages _pages;
    private readonly ILogger _log;
    private readonly Task _loop;

    /// <param name="accept">Waits for the next client.</param>
    /// <param name="pages">What it is told.</param>
    public HealthServer(Func<CancellationToken, ValueTask<Socket>> accept, HealthPages pages, TimeProvider time, ILogger log)
    {
        (_pages, _log) = (pages, log);
        _loop = Task.Run(() => AcceptAsync(accept, time));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _connections.CloseAll();
        _end.Dispose();
    }

    private async Task AcceptAsync(Func<CancellationToken, ValueTask<Socket>> accept, TimeProvider time)
    {
        var failing = false;
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var connection = new HealthConnection(await accept(_end.Token).ConfigureAwait(false), _pages, time);
                failing = false;
                _connections.Add(connection);
                // Not awaited: a slow client must not delay others.
                _ = ServeAsync(connection);
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                // The end of the poller.
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // Most likely no file descriptor is free: clients wait until one is.
                if (!failing)
                    _log.Warning("Poller:HealthPort accepts no connections: {Reason}. Trying again every second", error.Message);
                failing = true;
                await Task.Delay(Pause, time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ServeAsync(HealthConnection connection)
    {
        try
        {
            await connection.ServeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            _log.Debug("A health request was not answered: {Reason}", error.Message);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            _log.Error(error, "A health request could not be answered");
        }
        finally
        {
            _connections.Close(connection);
        }
    }
}
