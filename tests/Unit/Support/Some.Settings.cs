using Archiver.Programs.Settings;

namespace Archiver.Tests.Support;

public static partial class Some
{
    /// <summary>From one bucket to another.</summary>
    public static ArchiveSettings ArchiveSettings { get; } = new()
    {
        Source = new StoreLocation(StoreScheme.S3, "some-source", ""),
        Destination = new StoreLocation(StoreScheme.S3, "some-destination", ""),
    };
}
