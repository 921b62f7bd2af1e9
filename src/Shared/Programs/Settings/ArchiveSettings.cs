using Archiver.Contract;

namespace Archiver.Programs.Settings;

/// <summary>
/// Settings of sources, archives and transfers. The processor uses them; the poller checks at start that source and destination are set.
/// </summary>
public sealed record ArchiveSettings
{
    public required StoreLocation Source { get; init; }

    /// <summary>
    /// Other locations that a request may name; null, like <see cref="StoreLocation.EveryBucket"/>, means every bucket but no other folder.
    /// </summary>
    public IReadOnlyList<StoreLocation>? AllowedSources { get; init; }

    /// <summary>A warning for operators who have not set which sources requests may name; null if they have.</summary>
    public string? OpenSourcesWarning => AllowedSources is not null ? null :
        $"{SettingCatalog.SourceAllowed.EnvironmentNames[0]} is not set, so requests may name any bucket that the credentials can read. "
        + "Set it to the locations to allow, to an empty value for the source location only, or to * for every bucket";

    public SourceLinks Links { get; init; } = SettingCatalog.SourceLinks.DefaultValue;

    public required StoreLocation Destination { get; init; }

    /// <summary>First part of an archive's file name.</summary>
    public string Prefix { get; init; } = SettingCatalog.DestinationPrefix.DefaultValue;

    /// <summary>What links start with; null: the link is the archive's URI.</summary>
    public string? BaseUrl { get; init; }

    public MissingSource OnMissing { get; init; } = SettingCatalog.ArchiveOnMissing.DefaultValue;

    public DuplicateName OnDuplicate { get; init; } = SettingCatalog.ArchiveOnDuplicate.DefaultValue;

    public Compression Compression { get; init; } = SettingCatalog.ArchiveCompression.DefaultValue;

    public AssemblyMode Assembly { get; init; } = SettingCatalog.ArchiveAssembly.DefaultValue;

    /// <summary>Bytes per second, for estimates.</summary>
    public long Bandwidth { get; init; } = SettingCatalog.ProcessorBandwidth.DefaultValue;

    /// <summary>Bytes of memory for the data that is being transferred.</summary>
    public long MemoryBudget { get; init; } = SettingCatalog.ProcessorMemoryBudget.DefaultValue;

    public int Parallelism { get; init; } = SettingCatalog.ProcessorParallelism.DefaultValue;

    public int MaxEntries { get; init; } = SettingCatalog.ArchiveMaxEntries.DefaultValue;

    public long MaxBytes { get; init; } = SettingCatalog.ArchiveMaxBytes.DefaultValue;

    /// <summary>The longest line in a list of files, in bytes.</summary>
    public long MaxLineBytes { get; init; } = SettingCatalog.ArchiveMaxLineBytes.DefaultValue;

    /// <summary>The largest list of files, in bytes.</summary>
    public long MaxListBytes { get; init; } = SettingCatalog.ArchiveMaxListBytes.DefaultValue;

    /// <summary>How long finding all files may take.</summary>
    public TimeSpan MaxPlanTime { get; init; } = SettingCatalog.ArchiveMaxPlanTime.DefaultValue;

    /// <exception cref="ArchiverException">Exit code 78: source or destination is not set.</exception>
    public static ArchiveSettings From(ArchiverSettings settings) => new()
    {
        Source = settings.Get(SettingCatalog.SourceLocation),
        AllowedSources = settings.Get(SettingCatalog.SourceAllowed),
        Links = settings.Get(SettingCatalog.SourceLinks),
        Destination = settings.Get(SettingCatalog.DestinationLocation),
        Prefix = settings.Get(SettingCatalog.DestinationPrefix),
        BaseUrl = settings.Get(SettingCatalog.DestinationBaseUrl),
        OnMissing = settings.Get(SettingCatalog.ArchiveOnMissing),
        OnDuplicate = settings.Get(SettingCatalog.ArchiveOnDuplicate),
        Compression = settings.Get(SettingCatalog.ArchiveCompression),
        Assembly = settings.Get(SettingCatalog.ArchiveAssembly),
        Bandwidth = settings.Get(SettingCatalog.ProcessorBandwidth),
        MemoryBudget = settings.Get(SettingCatalog.ProcessorMemoryBudget),
        Parallelism = settings.Get(SettingCatalog.ProcessorParallelism),
        MaxEntries = settings.Get(SettingCatalog.ArchiveMaxEntries),
        MaxBytes = settings.Get(SettingCatalog.ArchiveMaxBytes),
        MaxLineBytes = settings.Get(SettingCatalog.ArchiveMaxLineBytes),
        MaxListBytes = settings.Get(SettingCatalog.ArchiveMaxListBytes),
        MaxPlanTime = settings.Get(SettingCatalog.ArchiveMaxPlanTime),
    };
}
