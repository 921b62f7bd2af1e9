using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Text;
using Archiver.Poller.Health;
using Archiver.Poller.Jobs;
using Archiver.Poller.Telemetry;
using Archiver.Programs.Logging;
using Archiver.Programs.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog;

namespace Archiver.Poller;

/// <summary>One run of the poller: settings, log, host, signals, exit code.</summary>
internal static class PollerRun
{
    public static async Task<int> RunAsync(PollerArguments arguments, StopSignals signals)
    {
        Serilog.Core.Logger? written = null;
        ILogger? log = null;
        try
        {
            var settings = SettingsLoader.Load(
                new SettingsOptions { Profile = arguments.Profile, Overrides = arguments.Overrides, Watch = true });
            written = LogFactory.Create(LogSettings.From(settings));
            log = written.ForContext(new MaskedUrls());
            return await HostAsync(arguments, settings, signals, log).ConfigureAwait(false);
        }
        catch (ArchiverException error)
        {
            if (log is null)
                await Console.Error.WriteLineAsync(MaskedText.Urls(error.Message)).ConfigureAwait(false);
            else
                log.Fatal("{Reason}", error.Message);
            return error.ExitCode;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            if (log is null)
                await Console.Error.WriteLineAsync($"A bug in archiver-poller: {error}").ConfigureAwait(false);
            else
                log.Fatal(error, "A bug in archiver-poller");
            return ExitCode.Software;
        }
        finally
        {
            if (written is not null)
                await written.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<int> HostAsync(PollerArguments arguments, ArchiverSettings settings, StopSignals signals, ILogger log)
    {
        var poller = PollerSettings.From(settings);
        // A poller that starts without them would burn every message's receives before anyone looked.
        var openSources = ArchiveSettings.From(settings).OpenSourcesWarning;
        Orphans.Adopt();
        try
        {
            return await ServeAsync(arguments, settings, poller, openSources, signals, log).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (signals.Stop.IsCancellationRequested)
        {
            return ExitCode.Ok;
        }
    }

    private static async Task<int> ServeAsync(PollerArguments arguments, ArchiverSettings settings, PollerSettings poller, string? warning,
        StopSignals signals, ILogger log)
    {
        await using var observability = new Observability(poller.Health, TimeProvider.System, log);
        await using var parts = await PollerParts.BuildAsync(arguments, settings, poller, observability, log, signals.Stop)
            .ConfigureAwait(false);
        if (warning is not null)
            log.Warning("{Warning}", warning);

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSerilog(log);
        SystemdService.AddTo(builder.Services, observability.Health, TimeProvider.System);
        builder.Services.Configure<HostOptions>(options =>
            options.ShutdownTimeout = poller.DrainTimeout + poller.ProcessorLimits.GracePeriod + TimeSpan.FromSeconds(30));
        builder.Services.AddSingleton(log);
        builder.Services.AddSingleton(parts.Loop);
        builder.Services.AddSingleton<PollerService>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<PollerService>());
        using var host = builder.Build();
        await using var stopping = signals.Stop.Register(host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication);
        var service = host.Services.GetRequiredService<PollerService>();
        service.StopNow = signals.StopNow;
        await host.RunAsync().ConfigureAwait(false);
        return service.ExitCode;
    }
}
