using Archiver.Poller.Receiving;
using Microsoft.Extensions.Hosting;
using Serilog;

namespace Archiver.Poller;

/// <summary>The receive loop as the host runs it: when it ends by itself, so does the host.</summary>
internal sealed class PollerService(ReceiveLoop loop, ILogger log, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <summary>What the process ends with: stopped before it began, it has done all that it had to.</summary>
    public int ExitCode { get; private set; } = Contract.Boundary.ExitCode.Ok;

    public CancellationToken StopNow { get; set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A loop that throws is a bug.
        ExitCode = Contract.Boundary.ExitCode.Software;
        try
        {
            ExitCode = await loop.RunAsync(stoppingToken, StopNow).ConfigureAwait(false);
        }
        catch (Contract.ArchiverException error)
        {
            ExitCode = error.ExitCode;
            log.Fatal("{Reason}", error.Message);
        }
        finally
        {
            lifetime.StopApplication();
        }
    }
}
