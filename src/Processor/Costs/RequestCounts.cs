namespace Archiver.Processor.Costs;

/// <summary>Numbers of requests to S3, by operation.</summary>
public sealed class RequestCounts
{
    // Aborting is free.
    private static readonly string[] Writes =
    [
        "PutObject", "UploadPart", "UploadPartCopy", "CreateMultipartUpload", "CompleteMultipartUpload", "ListObjectsV2",
        "ListMultipartUploads",
    ];

    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>The number of requests of each operation; operations without any are left out.</summary>
    public IReadOnlyDictionary<string, long> ByOperation => _counts;

    /// <summary>The number of all requests.</summary>
    public long Total => _counts.Values.Sum();

    /// <summary>Their price in dollars.</summary>
    public double Dollars => _counts.Sum(static count => count.Value * (Writes.Contains(count.Key) ? S3Prices.Write : S3Prices.Read));

    /// <summary>Adds requests of an operation.</summary>
    public RequestCounts Add(string operation, long count)
    {
        if (count > 0)
            _counts[operation] = _counts.GetValueOrDefault(operation) + count;
        return this;
    }

    /// <summary>Adds other counts.</summary>
    public RequestCounts Add(RequestCounts other)
    {
        foreach (var (operation, count) in other._counts)
            Add(operation, count);
        return this;
    }
}
