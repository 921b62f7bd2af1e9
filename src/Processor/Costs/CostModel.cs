namespace Archiver.Processor.Costs;

/// <summary>What a workload costs in requests, money and time. The times are rules of thumb for S3 from within its region.</summary>
/// <param name="bandwidth">Bytes per second that the processor can move in each direction.</param>
/// <param name="parallelism">The number of concurrent transfers; copies run twice as many at once.</param>
/// <param name="crossesRegions">Whether sources and archives are in different regions.</param>
internal sealed class CostModel(long bandwidth, int parallelism, bool crossesRegions)
{
    // Seconds until the first byte of a read arrives, until a put is acknowledged in addition to its transfer, and until a copy starts.
    private const double ReadLatency = 0.03;
    private const double WriteLatency = 0.06;
    private const double CopyLatency = 0.1;
    // Seconds to look for the archive, and to create and complete the upload.
    private const double Overhead = 0.5;
    // Bytes per second of one copy.
    private const double CopyRate = 150e6;
    // The value of an hour of waiting and of running the processor.
    private const double HourDollars = 1;

    /// <summary>The requests of a workload, without those for its plan.</summary>
    public static RequestCounts Requests(Workload work, bool toS3)
    {
        var counts = new RequestCounts().Add("GetObject", work.Reads);
        if (!toS3)
            return counts;
        counts.Add("HeadObject", 1);
        if (work.Parts == 1)
            return counts.Add("ListMultipartUploads", 1).Add("PutObject", 1);
        // The first copy is also tried with a wrong ETag, to find out whether the server checks it.
        return counts.Add("ListMultipartUploads", 2).Add("CreateMultipartUpload", 1).Add("CompleteMultipartUpload", 1)
            .Add("UploadPart", work.Parts - work.Copies).Add("UploadPartCopy", work.Copies == 0 ? 0 : work.Copies + 1);
    }

    /// <summary>Dollars for moving content from one region to another, whichever way it is moved.</summary>
    public double TransferDollars(long contentBytes) => crossesRegions ? contentBytes / 1e9 * S3Prices.GigabyteToAnotherRegion : 0;

    /// <summary>Seconds from the plan to the archive.</summary>
    public double Seconds(Workload work)
    {
        var carrying = Math.Max(
            Math.Max(work.ReadBytes, work.CarriedBytes) / (double)bandwidth,
            ((work.Reads * ReadLatency) + ((work.Parts - work.Copies) * WriteLatency)) / parallelism);
        if (work.Copies == 0)
            return Overhead + carrying;
        var atOnce = Math.Min(work.Copies, 2 * parallelism);
        var copying = Math.Max(
            ((work.Copies * CopyLatency) + (work.CopiedBytes / CopyRate)) / atOnce,
            CopyLatency + (work.LargestCopy / CopyRate));
        return Overhead + (2 * CopyLatency) + (work.SmallestCopy / CopyRate) + Math.Max(carrying, copying);
    }

    /// <summary>Combines money and time, to compare ways of making the same archive.</summary>
    public double Score(Workload work) => Requests(work, toS3: true).Dollars + (Seconds(work) / 3600 * HourDollars);
}
