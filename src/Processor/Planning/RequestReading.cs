using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Processor.Stores;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Planning;

/// <summary>Reads the files that a request names, from its list, its names, or its JSON Lines file.</summary>
public sealed class RequestReading(ArchiveSettings settings, SourceResolver resolver, ISourceStore sources)
{
    /// <summary>The files that a request names. Not for requests for a whole AIP, which is listed instead.</summary>
    /// <exception cref="ArchiverException">Exit code 65: a source or name is not allowed; 66: the list does not exist.</exception>
    public IAsyncEnumerable<WantedFile> ReadAsync(ArchiveRequest request, string aipId, CancellationToken cancellationToken) =>
        request switch
        {
            { FilesFrom: { } list } => FromLinesAsync(list, cancellationToken),
            { Files: { } files } => files.Select(Wanted).ToAsyncEnumerable(),
            { FileNames: { } names } => names.Select(name => Wanted(aipId, name)).ToAsyncEnumerable(),
            _ => throw new ArgumentException("A whole AIP is listed, not read.", nameof(request)),
        };

    private WantedFile Wanted(string aipId, string name) => new(resolver.ResolveBelow(aipId, EntryName.Checked(name)), name);

    private WantedFile Wanted(RequestedFile file) => new(resolver.Resolve(file.Source), EntryName.For(file));

    private async IAsyncEnumerable<WantedFile> FromLinesAsync(string list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var address = resolver.Resolve(list);
        var stream = await sources.OpenAsync(address, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var name = address.ToString();
            var lines = new ListLines(stream, address, settings.MaxListBytes, settings.MaxLineBytes);
            await foreach (var (number, line) in lines.ReadAsync(cancellationToken).ConfigureAwait(false))
                if (!line.Span.Trim(" \t\r"u8).IsEmpty)
                    yield return Wanted(line.Span, new ListLine(name, number));
        }
    }

    private WantedFile Wanted(ReadOnlySpan<byte> text, ListLine line)
    {
        try
        {
            return Wanted(Parse(text)) with { Line = line };
        }
        catch (ArchiverException error)
        {
            throw line.Tell(error);
        }
    }

    private static RequestedFile Parse(ReadOnlySpan<byte> line)
    {
        if (!Utf8.IsValid(line))
            throw new ArchiverException(ExitCode.DataError, "it is not valid UTF-8.");
        try
        {
            return JsonSerializer.Deserialize(line, ContractJson.Strict.RequestedFile) is { Source.Length: > 0 } file
                ? file
                : throw new ArchiverException(ExitCode.DataError, "it has no source.");
        }
        catch (JsonException error)
        {
            throw new ArchiverException(ExitCode.DataError, $"{JsonProblem.Describe(error)}.", error);
        }
    }
}
