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

/// <summary>The request of standard input, and the stores that it is about.</summary>
internal sealed class ReceivedRequest : IDisposable
{
    private const int LargestPayload = 64 << 20;

    private readonly StoreFactory _stores;

    private ReceivedRequest(ArchiveRequest request, string aipId, DateTimeOffset sentAt, ArchiveSettings settings, AwsSettings aws, ILogger log)
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

    /// <exception cref="ArchiverException">Exit code 64: no identifier, or two; 65: not a valid request; 78: source or destination is not set.</exception>
    public static async Task<ReceivedRequest> ReadAsync(RequestOptions options, CommandContext context, CancellationToken cancellationToken)
    {
        var settings = ArchiveSettings.From(context.Settings);
        // The identifier that a supervisor gives may stand for nothing but its message.
        var isSupervised = ProcessorEnvironment.IsSupervised;
        var request = RequestReader.Parse(await ReadPayloadAsync(cancellationToken).ConfigureAwait(false), isSupervised ? null : options.AipId);
        var aipId = options.AipIdOf(request);
        Activity.Current?.SetTag("archiver.aipid", aipId);
        var log = context.Log.ForContext(LogProperty.AipId, aipId);
        // A poller says it once, for all its processors.
        if (settings.OpenSourcesWarning is { } warning && !isSupervised)
            log.Warning("{Warning}", warning);
        foreach (var misspelling in Misspelling.In(request))
            log.Warning("{Misspelling}", misspelling.ToString());
        return new ReceivedRequest(request, aipId, options.SentAt ?? TimeProvider.System.GetUtcNow(), settings, AwsSettings.From(context.Settings), log);
    }

    public void Dispose() => _stores.Dispose();

    private static async Task<ReadOnlyMemory<byte>> ReadPayloadAsync(CancellationToken cancellationToken)
    {
        var payload = new MemoryStream();
        // A read of standard input blocks, and cannot be interrupted: only left alone, which is why this is not disposed either.
        var input = Console.OpenStandardInput();
        var buffer = new byte[1 << 16];
        while (await Task.Run(() => input.Read(buffer), CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false) is var read and > 0)
        {
            payload.Write(buffer, 0, read);
            if (payload.Length > LargestPayload)
                throw new ArchiverException(ExitCode.DataError, $"The request is larger than {LargestPayload} bytes; name its files in filesFrom instead.");
        }
        return payload.GetBuffer().AsMemory(0, (int)payload.Length);
    }
}
