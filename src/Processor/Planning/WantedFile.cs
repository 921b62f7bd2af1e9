using Archiver.Contract;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Planning;

/// <summary>A source that a request names, and the name it asks for in the archive.</summary>
/// <param name="Source">The source.</param>
/// <param name="Name">The name.</param>
/// <param name="Line">Where it is named, if in a list.</param>
public readonly record struct WantedFile(ObjectAddress Source, string Name, ListLine Line = default);

/// <summary>A line of a <c>filesFrom</c> list.</summary>
/// <param name="List">The list's address; null for what no list names.</param>
/// <param name="Number">1 for the first.</param>
public readonly record struct ListLine(string? List, int Number)
{
    /// <summary>A failure that this line has caused, told with the line's number.</summary>
    public ArchiverException Tell(ArchiverException error) =>
        List is null ? error : new ArchiverException(error.ExitCode, $"{List} line {Number}: {error.Message}", error);
}
