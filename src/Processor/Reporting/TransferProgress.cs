namespace Archiver.Processor.Reporting;

/// <summary>How far an archive has come; counted by many threads, read by the reporter.</summary>
/// <param name="bytesTotal">Bytes of content in all.</param>
/// <param name="entriesTotal">Entries in all.</param>
public sealed class TransferProgress(long bytesTotal, long entriesTotal)
{
    private long _bytesDone;
    private long _entriesDone;

    /// <summary>Bytes of content in all.</summary>
    public long BytesTotal { get; } = bytesTotal;

    /// <summary>Entries in all.</summary>
    public long EntriesTotal { get; } = entriesTotal;

    /// <summary>Bytes of content that are stored.</summary>
    public long BytesDone => Interlocked.Read(ref _bytesDone);

    /// <summary>Entries whose last byte is stored.</summary>
    public long EntriesDone => Interlocked.Read(ref _entriesDone);

    /// <summary>Counts what a stored part held.</summary>
    public void Add(long bytes, long entries)
    {
        Interlocked.Add(ref _bytesDone, bytes);
        Interlocked.Add(ref _entriesDone, entries);
    }
}
