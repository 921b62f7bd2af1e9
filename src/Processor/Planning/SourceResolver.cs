using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Programs.Settings;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Planning;

/// <summary>Turns what requests call their sources into addresses, and refuses those that requests may not name.</summary>
public sealed class SourceResolver(ArchiveSettings settings)
{
    private readonly string _folder = settings.Source.Path.Length == 0 ? "" : settings.Source.Path.TrimEnd('/') + "/";

    /// <summary>The address of a source: a URI such as <c>s3://bucket/key</c>, or a key in the source location.</summary>
    /// <exception cref="ArchiverException">Exit code 65: it is malformed or not allowed.</exception>
    public ObjectAddress Resolve(string source)
    {
        if (StoreScheme.Of(source) is not { } scheme)
            return Below(source);
        var (bucket, key) = scheme.TryReadObject(source) ?? throw Refused(source, $"expected {scheme.ObjectForm}");
        // What is no bucket's name would be taken for something else: an ARN, say. Operators may mean that, others may not.
        if (!scheme.IsBucketName(bucket) && !Named.Any(location => location.Bucket == bucket && location != StoreLocation.EveryBucket))
            throw Refused(source, "its bucket's name is not one that a bucket can have");
        if (!Named.Any(location => location.Holds(scheme, bucket, key)))
            throw Refused(source, $"this archiver may not read it; its operator can allow that with {SettingCatalog.SourceAllowed.EnvironmentNames[0]}");
        return new ObjectAddress(scheme, bucket, key);
    }

    /// <summary>The address of a name below an AIP.</summary>
    public ObjectAddress ResolveBelow(string aipId, string name) => Below($"{aipId}/{name}");

    /// <summary>What the keys of an AIP begin with; for folders, the AIP's folder.</summary>
    public ObjectAddress PrefixOf(string aipId) => Below(settings.Source.Scheme.PrefixOf(aipId));

    private IEnumerable<StoreLocation> Named => (settings.AllowedSources ?? [StoreLocation.EveryBucket]).Prepend(settings.Source);

    private ObjectAddress Below(string key) => settings.Source.Scheme.StaysBelow(key)
        ? new ObjectAddress(settings.Source.Scheme, settings.Source.Bucket, _folder + key)
        : throw Refused(key, "it leads out of the source folder");

    private static ArchiverException Refused(string source, string why) => new(ExitCode.DataError, $"The source \"{source}\" is not allowed: {why}.");
}
