namespace Archiver.Processor.Costs;

/// <summary>Requests to S3 by the names of their operations.</summary>
public sealed class RequestCounts
{
    // Aborting is free; an archive that is made aborts nothing.
    private static readonly string[] Writes =
        ["PutObject", "UploadPart", "UploadPartCopy", "CreateMultipartUpload", "CompleteMultipartUpload", "ListObjectsV2", "ListMultipartUploads"];

    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>How many there are of each operation that there are some of.</summary>
    public IReadOnlyDictionary<string, long> ByOperation => _counts;

    /// <summary>All of them.</summary>
    public long Total => _counts.Values.Sum();

    /// <summary>What they cost, in dollars.</summary>
    public double Dollars => _counts.Sum(static count => count.Value * (Writes.Contains(count.Key) ? S3Prices.Write : S3Prices.Read));

    /// <summary>Counts some more.</summary>
    public RequestCounts Add(string operation, long count)
    {
        if (count > 0)
            _counts[operation] = _counts.GetValueOrDefault(operation) + count;
        return this;
    }

    /// <summary>Counts those of another.</summary>
    public RequestCounts Add(RequestCounts other)
    {
        foreach (var (operation, count) in other._counts)
            Add(operation, count);
        return this;
    }
}
