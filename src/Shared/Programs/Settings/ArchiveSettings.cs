using Archiver.Contract;

namespace Archiver.Programs.Settings;

/// <summary>Where archives come from and go to. The processor acts on them; the poller checks at start that they are there.</summary>
public sealed record ArchiveSettings
{
    /// <summary>Where sources are.</summary>
    public required StoreLocation Source { get; init; }

    /// <summary>Which other locations a request may name; null, as with <see cref="StoreLocation.EveryBucket"/>: every bucket, and no other folder.</summary>
    public IReadOnlyList<StoreLocation>? AllowedSources { get; init; }

    /// <summary>What an operator should know who has not said which sources requests may name; null when that was said.</summary>
    public string? OpenSourcesWarning => AllowedSources is not null ? null :
        $"{SettingCatalog.SourceAllowed.EnvironmentNames[0]} is not set, so requests may name any bucket that the credentials can read. "
        + "List the locations that they may name; set it to nothing to allow the source location alone, or to * to allow every bucket";

    /// <summary>What to do about symbolic links in source folders.</summary>
    public SourceLinks Links { get; init; } = SettingCatalog.SourceLinks.DefaultValue;

    /// <summary>Where archives are stored.</summary>
    public required StoreLocation Destination { get; init; }

    /// <summary>First part of an archive's file name.</summary>
    public string Prefix { get; init; } = SettingCatalog.DestinationPrefix.DefaultValue;

    /// <summary>What links begin with; null: the archive's own URI.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>What to do about a source that does not exist.</summary>
    public MissingSource OnMissing { get; init; } = SettingCatalog.ArchiveOnMissing.DefaultValue;

    /// <summary>What to do about two entries with the same name.</summary>
    public DuplicateName OnDuplicate { get; init; } = SettingCatalog.ArchiveOnDuplicate.DefaultValue;

    /// <summary>Which entries are compressed.</summary>
    public Compression Compression { get; init; } = SettingCatalog.ArchiveCompression.DefaultValue;

    /// <summary>How data gets from S3 to S3.</summary>
    public AssemblyMode Assembly { get; init; } = SettingCatalog.ArchiveAssembly.DefaultValue;

    /// <summary>Bytes per second, for estimates.</summary>
    public long Bandwidth { get; init; } = SettingCatalog.ProcessorBandwidth.DefaultValue;

    /// <summary>Bytes of memory for the data that is being transferred.</summary>
    public long MemoryBudget { get; init; } = SettingCatalog.ProcessorMemoryBudget.DefaultValue;

    /// <summary>How many transfers run at the same time.</summary>
    public int Parallelism { get; init; } = SettingCatalog.ProcessorParallelism.DefaultValue;

    /// <summary>The most files in one archive.</summary>
    public int MaxEntries { get; init; } = SettingCatalog.ArchiveMaxEntries.DefaultValue;

    /// <summary>The most bytes of content in one archive.</summary>
    public long MaxBytes { get; init; } = SettingCatalog.ArchiveMaxBytes.DefaultValue;

    /// <summary>The longest line in a list of files, in bytes.</summary>
    public long MaxLineBytes { get; init; } = SettingCatalog.ArchiveMaxLineBytes.DefaultValue;

    /// <summary>The largest list of files, in bytes.</summary>
    public long MaxListBytes { get; init; } = SettingCatalog.ArchiveMaxListBytes.DefaultValue;

    /// <summary>How long it may take to find all files.</summary>
    public TimeSpan MaxPlanTime { get; init; } = SettingCatalog.ArchiveMaxPlanTime.DefaultValue;

    /// <summary>Reads them from the settings.</summary>
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
