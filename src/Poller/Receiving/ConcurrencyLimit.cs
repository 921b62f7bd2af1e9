using Archiver.Contract;
using Archiver.Programs.Settings;
using Serilog;

namespace Archiver.Poller.Receiving;

/// <summary>
/// The setting <c>Poller:MaxConcurrency</c> as the configuration file says now. A mistake in the file leaves it as it was.
/// </summary>
internal sealed class ConcurrencyLimit : IAsyncDisposable
{
    private readonly IDisposable _registration;
    private volatile int _current;

    public ConcurrencyLimit(ArchiverSettings settings, ILogger log)
    {
        _current = settings.Get(SettingCatalog.PollerMaxConcurrency);
        _registration = settings.OnChange(() => Reread(settings, log));
    }

    public int Current => _current;

    public Action Changed { get; set; } = static () => { };

    public ValueTask DisposeAsync()
    {
        _registration.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Reread(ArchiverSettings settings, ILogger log)
    {
        try
        {
            var next = settings.Get(SettingCatalog.PollerMaxConcurrency);
            if (next == _current)
                return;
            log.Information("The configuration file changed: now {MaxConcurrency} archives at once (was {Before})", next, _current);
            _current = next;
            Changed();
        }
        catch (ArchiverException error)
        {
            log.Error("The change to the configuration file is ignored: {Reason}", error.Message);
        }
        catch (Exception error)
        {
            // Unhandled, it would end the process: nothing awaits the file watcher.
            log.Error(error, "The change to the configuration file is ignored");
        }
    }
}
