namespace Archiver.Programs.Logging;

/// <summary>Names of log properties that more than one program writes or reads.</summary>
public static class LogProperty
{
    /// <summary>The AIP that a line is about; on every line of one message's life.</summary>
    public const string AipId = "AipId";

    /// <summary>The queue's message id; on every line of one message's life.</summary>
    public const string MessageId = "MessageId";

    /// <summary>Marks a progress line and holds the bytes that are done.</summary>
    public const string BytesDone = "BytesDone";

    /// <summary>On a progress line: the bytes that there are.</summary>
    public const string BytesTotal = "BytesTotal";

    /// <summary>On a progress line: the entries that are done.</summary>
    public const string EntriesDone = "EntriesDone";

    /// <summary>On a progress line: the entries that there are.</summary>
    public const string EntriesTotal = "EntriesTotal";

    /// <summary>Marks a progress line of the planning and holds the objects that were found so far.</summary>
    public const string ObjectsFound = "ObjectsFound";

    /// <summary>
    /// Marks a progress line of an archive whose bytes are all stored, and holds the seconds that the store has taken to complete it.
    /// </summary>
    public const string CompletingSeconds = "CompletingSeconds";

    /// <summary>A log line with any of these tells of progress, and there is some when one of them has changed.</summary>
    public static IReadOnlyList<string> OfProgress { get; } = [BytesDone, EntriesDone, ObjectsFound, CompletingSeconds];
}
