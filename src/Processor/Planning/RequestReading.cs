using System.Runtime.CompilerServices;
using System.Text.Json;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Planning;

/// <summary>What a request wants, file by file, from its list, its names, or its JSON Lines file.</summary>
public sealed class RequestReading(SourceResolver resolver, ISourceStore sources)
{
    /// <summary>The files that a request names; not for a request of a whole AIP, which is listed.</summary>
    /// <exception cref="ArchiverException">Exit code 65: a source or name is not allowed; 66: the JSON Lines file does not exist.</exception>
    public IAsyncEnumerable<WantedFile> ReadAsync(ArchiveRequest request, string aipId, CancellationToken cancellationToken) => request switch
    {
        { FilesFrom: { } list } => FromLinesAsync(list, cancellationToken),
        { Files: { } files } => files.Select(Wanted).ToAsyncEnumerable(),
        { FileNames: { } names } => names.Select(name => new WantedFile(resolver.ResolveBelow(aipId, EntryName.Checked(name)), name)).ToAsyncEnumerable(),
        _ => throw new ArgumentException("A whole AIP is listed, not read.", nameof(request)),
    };

    private WantedFile Wanted(RequestedFile file) => new(resolver.Resolve(file.Source), EntryName.For(file));

    private async IAsyncEnumerable<WantedFile> FromLinesAsync(string list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var address = resolver.Resolve(list);
        using var reader = new StreamReader(await sources.OpenAsync(address, cancellationToken).ConfigureAwait(false));
        for (var number = 1; await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line; number++)
            if (!string.IsNullOrWhiteSpace(line))
                yield return Wanted(Parse(line, address, number));
    }

    private static RequestedFile Parse(string line, ObjectAddress list, int number)
    {
        try
        {
            if (JsonSerializer.Deserialize(line, ContractJson.Strict.RequestedFile) is { Source.Length: > 0 } file)
                return file;
            throw new ArchiverException(ExitCode.DataError, $"{list} line {number} has no source.");
        }
        catch (JsonException error)
        {
            throw new ArchiverException(ExitCode.DataError, $"{list} line {number}: {JsonProblem.Describe(error)}.", error);
        }
    }
}
