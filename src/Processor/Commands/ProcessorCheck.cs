using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Processor.Stores.Schemes;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Commands;

/// <summary>Checks whether jobs can work with these settings and credentials. Answers quickly and leaves nothing behind.</summary>
internal sealed class ProcessorCheck(ArchiveSettings settings, StoreFactory stores, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <exception cref="ArchiverException">
    /// Exit code 69: cannot be reached, or no answer in time; 77: access denied; 78: wrong settings or credentials.
    /// </exception>
    public async Task<ProcessorResult> RunAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var unknown = await Task.WhenAll(
                Task.Run(() => stores.Sources().CheckAsync(settings.Source, either.Token), either.Token).WaitAsync(either.Token),
                Task.Run(() => stores.Archives().CheckAsync(either.Token), either.Token).WaitAsync(either.Token)).ConfigureAwait(false);
            return new ProcessorResult
            {
                Success = true,
                Checked = true,
                Message = string.Join(
                    "; ", [$"{settings.Source} and {settings.Destination} can be reached", .. unknown.OfType<string>()]) + ".",
            };
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ArchiverException(
                ExitCode.Unavailable,
                $"{settings.Source} or {settings.Destination} did not answer within {Patience.TotalSeconds:0} s.");
        }
        catch (ArchiverException error)
        {
            throw new ArchiverException(VerdictOn(error.ExitCode), error.Message, error);
        }
    }

    // A job has many exit codes; here they only say whether the settings are wrong, access is denied, or a server is unavailable.
    private static int VerdictOn(int exitCode) => exitCode switch
    {
        ExitCode.Unavailable or ExitCode.TempFail => ExitCode.Unavailable,
        ExitCode.NoPermission or ExitCode.Software => exitCode,
        _ => ExitCode.Config,
    };
}
