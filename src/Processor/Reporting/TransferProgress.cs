namespace Archiver.Processor.Reporting;

/// <summary>The progress of an archive; updated by many threads, read by the reporter.</summary>
/// <param name="bytesTotal">Bytes of content.</param>
/// <param name="entriesTotal">The number of entries.</param>
public sealed class TransferProgress(long bytesTotal, long entriesTotal)
{
    private long _bytesDone;
    private long _entriesDone;

    /// <summary>Bytes of content.</summary>
    public long BytesTotal { get; } = bytesTotal;

    /// <summary>The number of entries.</summary>
    public long EntriesTotal { get; } = entriesTotal;

    /// <summary>Bytes of content that are stored.</summary>
    public long BytesDone => Interlocked.Read(ref _bytesDone);

    /// <summary>Entries whose last byte is stored.</summary>
    public long EntriesDone => Interlocked.Read(ref _entriesDone);

    /// <summary>Adds the content of a stored part.</summary>
    public void Add(long bytes, long entries)
    {
        Interlocked.Add(ref _bytesDone, bytes);
        Interlocked.Add(ref _entriesDone, entries);
    }
}
