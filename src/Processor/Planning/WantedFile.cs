using Archiver.Contract;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Planning;

/// <summary>A source that a request names.</summary>
/// <param name="Source">Its address.</param>
/// <param name="Name">Its name in the archive.</param>
/// <param name="Line">The line that names it, if that is in a list.</param>
public readonly record struct WantedFile(ObjectAddress Source, string Name, ListLine Line = default);

/// <summary>A line of a <c>filesFrom</c> list.</summary>
/// <param name="List">The list's address; null if the file is not from a list.</param>
/// <param name="Number">1 for the first.</param>
public readonly record struct ListLine(string? List, int Number)
{
    /// <summary>Adds the list and the line number to the message of a failure caused by this line.</summary>
    public ArchiverException Tell(ArchiverException error) =>
        List is null ? error : new ArchiverException(error.ExitCode, $"{List} line {Number}: {error.Message}", error);
}
