using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Stores;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Planning;

/// <summary>Turns the sources that requests name into addresses, and refuses those that are not allowed.</summary>
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
        // AWS takes other strings for something else, such as an ARN. Only operators may use those.
        if (!scheme.IsBucketName(bucket) && !Named.Any(location => location.Bucket == bucket && location != StoreLocation.EveryBucket))
            throw Refused(source, "its bucket name is not valid");
        if (!Named.Any(location => location.Holds(scheme, bucket, key)))
        {
            var setting = SettingCatalog.SourceAllowed.EnvironmentNames[0];
            throw Refused(source, $"this archiver may not read it; its operator can allow that with {setting}");
        }
        return new ObjectAddress(scheme, bucket, key);
    }

    /// <summary>The address of a name below an AIP.</summary>
    public ObjectAddress ResolveBelow(string aipId, string name) => Below($"{aipId}/{name}");

    /// <summary>The prefix of an AIP's keys; for folders, the AIP's folder.</summary>
    public ObjectAddress PrefixOf(string aipId) => Below(settings.Source.Scheme.PrefixOf(aipId));

    private IEnumerable<StoreLocation> Named => (settings.AllowedSources ?? [StoreLocation.EveryBucket]).Prepend(settings.Source);

    private ObjectAddress Below(string key) => settings.Source.Scheme.StaysBelow(key)
        ? new ObjectAddress(settings.Source.Scheme, settings.Source.Bucket, _folder + key)
        : throw Refused(key, "it leads outside the source folder");

    private static ArchiverException Refused(string source, string why) =>
        new(ExitCode.DataError, $"The source \"{source}\" is not allowed: {why}.");
}
