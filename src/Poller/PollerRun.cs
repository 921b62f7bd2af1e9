using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Logging;
using Archiver.Contract.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog;

namespace Archiver.Poller;

/// <summary>One run of the poller: settings, log, host, signals, exit code.</summary>
internal static class PollerRun
{
    public static async Task<int> RunAsync(PollerArguments arguments)
    {
        Serilog.Core.Logger? log = null;
        try
        {
            var settings = SettingsLoader.Load(new SettingsOptions { Profile = arguments.Profile, Overrides = arguments.Overrides, Watch = true });
            log = LogFactory.Create(LogSettings.From(settings));
            return await HostAsync(arguments, settings, log).ConfigureAwait(false);
        }
        catch (ArchiverException error)
        {
            if (log is null)
                await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
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
            if (log is not null)
                await log.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<int> HostAsync(PollerArguments arguments, ArchiverSettings settings, ILogger log)
    {
        var poller = PollerSettings.From(settings);
        // A poller that starts without them would burn every message's receives before anyone looked.
        _ = ArchiveSettings.From(settings);
        await using var assembly = await PollerAssembly.BuildAsync(arguments, settings, poller, log).ConfigureAwait(false);

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSerilog(log);
        builder.Services.AddSystemd();
        builder.Services.Configure<HostOptions>(options =>
            options.ShutdownTimeout = poller.DrainTimeout + poller.ProcessorGracePeriod + TimeSpan.FromSeconds(30));
        builder.Services.AddSingleton(assembly.Loop);
        builder.Services.AddSingleton<PollerService>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<PollerService>());
        using var host = builder.Build();
        using var signals = new StopSignals(host.Services.GetRequiredService<IHostApplicationLifetime>());
        var service = host.Services.GetRequiredService<PollerService>();
        service.StopNow = signals.StopNow;
        await host.RunAsync().ConfigureAwait(false);
        return service.ExitCode;
    }
}
