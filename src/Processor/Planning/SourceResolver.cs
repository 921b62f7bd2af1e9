using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Settings;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Planning;

/// <summary>Turns what requests call their sources into addresses, and refuses those that requests may not name.</summary>
public sealed class SourceResolver(ArchiveSettings settings)
{
    private readonly string _folder = settings.Source.Path.Length == 0 ? "" : settings.Source.Path.TrimEnd('/') + "/";

    /// <summary>The address of a source: <c>s3://bucket/key</c>, a <c>file:</c> URI, or a key in the source location.</summary>
    /// <exception cref="ArchiverException">Exit code 65: it is malformed or not allowed.</exception>
    public ObjectAddress Resolve(string source)
    {
        if (source.StartsWith("s3://", StringComparison.OrdinalIgnoreCase))
        {
            var slash = source.IndexOf('/', 5);
            if (slash <= 5 || slash == source.Length - 1)
                throw Refused(source, "expected s3://bucket/key");
            var bucket = source[5..slash];
            // What is no bucket's name would be taken for something else: an ARN, say. Operators may mean that, others may not.
            if (!StoreLocation.IsBucketName(bucket) && !Named.Any(location => location.Bucket == bucket && location != StoreLocation.EveryBucket))
                throw Refused(source, "its bucket's name is not one that a bucket can have");
            return Allowed(new ObjectAddress(bucket, source[(slash + 1)..]), source);
        }
        if (source.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            return Allowed(new ObjectAddress(null, StoreLocation.FolderPath(source) ?? throw Refused(source, "expected file:///path")), source);
        return Below(source);
    }

    /// <summary>The address of a name below an AIP.</summary>
    public ObjectAddress ResolveBelow(string aipId, string name) => Below($"{aipId}/{name}");

    /// <summary>What the keys of an AIP begin with; for folders, the AIP's folder.</summary>
    public ObjectAddress PrefixOf(string aipId) => Below(settings.Source.IsS3 ? aipId + "/" : aipId);

    private IEnumerable<StoreLocation> Named => (settings.AllowedSources ?? [StoreLocation.EveryBucket]).Prepend(settings.Source);

    private ObjectAddress Below(string key)
    {
        if (settings.Source.IsS3)
            return new ObjectAddress(settings.Source.Bucket, _folder + key);
        if (key.Contains('\0', StringComparison.Ordinal) || key.StartsWith('/') || key.Split('/').Contains(".."))
            throw Refused(key, "it leads out of the source folder");
        return new ObjectAddress(null, _folder + key);
    }

    private ObjectAddress Allowed(ObjectAddress address, string source)
    {
        if (address.Bucket is null && address.Key.Contains('\0', StringComparison.Ordinal))
            throw Refused(source, "it is no path");
        if (Named.Any(location => IsWithin(address, location)))
            return address;
        throw Refused(source, $"this archiver may not read it; its operator can allow that with {SettingCatalog.SourceAllowed.EnvironmentNames[0]}");
    }

    private static bool IsWithin(ObjectAddress address, StoreLocation location) =>
        (location == StoreLocation.EveryBucket && address.Bucket is not null) || (address.Bucket == location.Bucket
        && (location.Path.Length == 0 || address.Key == location.Path || address.Key.StartsWith(location.Path.TrimEnd('/') + "/", StringComparison.Ordinal)));

    private static ArchiverException Refused(string source, string why) => new(ExitCode.DataError, $"The source \"{source}\" is not allowed: {why}.");
}
