namespace Archiver.Processor.Costs;

/// <summary>
/// List prices of Amazon S3 Standard in us-east-1, in dollars (https://aws.amazon.com/s3/pricing/, 2025). Other regions and storage classes
/// differ somewhat, which matters little when requests are compared with requests.
/// </summary>
internal static class S3Prices
{
    /// <summary>PUT, COPY, POST and LIST.</summary>
    public const double Write = 0.005 / 1000;

    /// <summary>GET, HEAD and all others.</summary>
    public const double Read = 0.0004 / 1000;

    /// <summary>A gigabyte to another region; within a region, transfer is free.</summary>
    public const double GigabyteToAnotherRegion = 0.02;
}
