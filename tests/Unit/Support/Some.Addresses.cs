using Archiver.Processor.Stores;
using Archiver.Programs.Settings;

namespace Archiver.Tests.Support;

public static partial class Some
{
    public static ObjectAddress Address(string bucket, string key) => new(StoreScheme.S3, bucket, key);

    public static ObjectAddress File(string path) => new(StoreScheme.File, "", path);
}
