namespace Archiver.Programs.Logging;

/// <summary>Names of log properties that more than one program writes or reads.</summary>
public static class LogProperty
{
    /// <summary>The AIP that a line is about; on every line about one message.</summary>
    public const string AipId = "AipId";

    /// <summary>The queue's message ID; on every line about one message.</summary>
    public const string MessageId = "MessageId";

    /// <summary>Marks a progress line; the bytes done.</summary>
    public const string BytesDone = "BytesDone";

    /// <summary>On a progress line: all bytes to do.</summary>
    public const string BytesTotal = "BytesTotal";

    /// <summary>On a progress line: the entries done.</summary>
    public const string EntriesDone = "EntriesDone";

    /// <summary>On a progress line: all entries to do.</summary>
    public const string EntriesTotal = "EntriesTotal";

    /// <summary>Marks a progress line of planning; the objects found so far.</summary>
    public const string ObjectsFound = "ObjectsFound";

    /// <summary>
    /// Marks a progress line of an archive whose bytes are all stored; the seconds that the store has taken to complete it so far.
    /// </summary>
    public const string CompletingSeconds = "CompletingSeconds";

    /// <summary>A line with any of these reports progress; a changed value means that there was some.</summary>
    public static IReadOnlyList<string> OfProgress { get; } = [BytesDone, EntriesDone, ObjectsFound, CompletingSeconds];
}
