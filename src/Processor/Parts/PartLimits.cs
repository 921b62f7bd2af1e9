using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Parts;

/// <summary>What a store accepts as parts of one object.</summary>
/// <param name="Least">The fewest bytes of any part but the last.</param>
/// <param name="Preferred">The most bytes of a part, unless the archive is too large for <paramref name="MostParts"/> of them.</param>
/// <param name="Most">The most bytes of a part in any case.</param>
/// <param name="MostParts">The most parts of an object.</param>
/// <param name="PreferredCopy">
/// The most bytes of a part that the store copies from an object, so that several copies run at once and only a failed one is repeated.
/// </param>
public sealed record PartLimits(long Least, long Preferred, long Most, int MostParts, long PreferredCopy = 128L << 20)
{
    internal const long LeastOfS3 = 5L << 20;

    /// <summary>
    /// Amazon S3: parts of 5 MiB to 5 GiB, 10,000 of them (https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html).
    /// </summary>
    public static PartLimits S3 { get; } = new(LeastOfS3, 16L << 20, 5L << 30, 10_000);

    /// <summary>A file, which takes any bytes at any offset.</summary>
    public static PartLimits File { get; } = new(1, 1L << 20, 1L << 20, int.MaxValue);

    internal static ArchiverException TooLarge(long bytes, PartLimits limits) => new(ExitCode.DataError,
        $"An archive of {bytes} bytes does not fit into {limits.MostParts} parts of {limits.Most} bytes; "
        + $"a larger {SettingCatalog.ProcessorMemoryBudget.Name} allows larger parts.");
}
