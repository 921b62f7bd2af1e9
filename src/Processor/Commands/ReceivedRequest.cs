using System.Diagnostics;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Processor.Costs;
using Archiver.Processor.Stores;
using Archiver.Processor.Stores.Schemes;
using Archiver.Programs.Boundary;
using Archiver.Programs.Logging;
using Archiver.Programs.Settings;
using Serilog;

namespace Archiver.Processor.Commands;

/// <summary>The request read from standard input, and the stores it involves.</summary>
internal sealed class ReceivedRequest : IDisposable
{
    private const int LargestPayload = 64 << 20;

    private readonly StoreFactory _stores;

    private ReceivedRequest(
        ArchiveRequest request, string aipId, DateTimeOffset sentAt, ArchiveSettings settings, AwsSettings aws, ILogger log)
    {
        (Request, AipId, SentAt, Settings, Log) = (request, aipId, sentAt, settings, log);
        _stores = new StoreFactory(settings, aws, TimeProvider.System, log);
        (Sources, Archives) = (_stores.Sources(), _stores.Archives());
        Costs = new CostModel(settings.Bandwidth, settings.Parallelism, aws.CrossesRegions);
    }

    public ArchiveRequest Request { get; }

    public string AipId { get; }

    public DateTimeOffset SentAt { get; }

    public ArchiveSettings Settings { get; }

    public ISourceStore Sources { get; }

    public IArchiveStore Archives { get; }

    public CostModel Costs { get; }

    public ILogger Log { get; }

    /// <param name="options">The command's options.</param>
    /// <param name="context">The settings and the log.</param>
    /// <param name="identified">Receives the identifier as soon as it is known, so that later errors can name it.</param>
    /// <param name="cancellationToken">Stops waiting for standard input.</param>
    /// <exception cref="ArchiverException">
    /// Exit code 64: no identifier, or two different ones; 65: not a valid request; 78: source or destination is not set.
    /// </exception>
    public static async Task<ReceivedRequest> ReadAsync(
        RequestOptions options, CommandContext context, Action<string> identified, CancellationToken cancellationToken)
    {
        var settings = ArchiveSettings.From(context.Settings);
        // A supervisor's identifier may stand only for its message, and cannot name the package of a request without files.
        var isSupervised = ProcessorEnvironment.IsSupervised;
        var payload = await ReadPayloadAsync(cancellationToken).ConfigureAwait(false);
        var request = RequestReader.Parse(payload, isSupervised ? null : options.AipId);
        var aipId = options.AipIdOf(request);
        identified(aipId);
        Activity.Current?.SetTag("archiver.aipid", aipId);
        var log = context.Log.ForContext(LogProperty.AipId, aipId);
        // A poller logs this once for all its processors.
        if (settings.OpenSourcesWarning is { } warning && !isSupervised)
            log.Warning("{Warning}", warning);
        foreach (var misspelling in Misspelling.In(request))
            log.Warning("{Misspelling}", misspelling.ToString());
        var sentAt = options.SentAt ?? TimeProvider.System.GetUtcNow();
        return new ReceivedRequest(request, aipId, sentAt, settings, AwsSettings.From(context.Settings), log);
    }

    public void Dispose() => _stores.Dispose();

    private static async Task<ReadOnlyMemory<byte>> ReadPayloadAsync(CancellationToken cancellationToken)
    {
        var payload = new MemoryStream();
        // A blocking read of standard input cannot be cancelled, only abandoned; so the stream must not be disposed either.
        var input = Console.OpenStandardInput();
        var buffer = new byte[1 << 16];
        while (await ReadAsync().ConfigureAwait(false) is var read and > 0)
        {
            payload.Write(buffer, 0, read);
            if (payload.Length > LargestPayload)
                throw new ArchiverException(
                    ExitCode.DataError, $"The request is larger than {LargestPayload} bytes; list its files in a filesFrom file instead.");
        }
        return payload.GetBuffer().AsMemory(0, (int)payload.Length);

        Task<int> ReadAsync() => Task.Run(() => input.Read(buffer), CancellationToken.None).WaitAsync(cancellationToken);
    }
}
