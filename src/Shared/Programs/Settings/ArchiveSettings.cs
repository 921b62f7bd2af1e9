namespace Archiver.Contract.Settings;

/// <summary>Where archives come from and go to. The processor acts on them; the poller checks at start that they are there.</summary>
public sealed record ArchiveSettings
{
    /// <summary>Where sources are.</summary>
    public required StoreLocation Source { get; init; }

    /// <summary>Which other locations a request may name; null, as with <see cref="StoreLocation.EveryBucket"/>: every bucket, and no other folder.</summary>
    public IReadOnlyList<StoreLocation>? AllowedSources { get; init; }

    /// <summary>What an operator should know who has not said which sources requests may name; null when that was said.</summary>
    public string? OpenSourcesWarning => AllowedSources is not null ? null :
        $"{SettingCatalog.SourceAllowed.EnvironmentNames[0]} is not set, so requests may name any bucket that the credentials can read. List the locations that they may name; set it to nothing to allow the source location alone, or to * to allow every bucket";

    /// <summary>What to do about symbolic links in source folders.</summary>
    public SourceLinks Links { get; init; }

    /// <summary>Where archives are stored.</summary>
    public required StoreLocation Destination { get; init; }

    /// <summary>First part of an archive's file name.</summary>
    public string Prefix { get; init; } = "download";

    /// <summary>What links begin with; null: the archive's own URI.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>What to do about a source that does not exist.</summary>
    public MissingSource OnMissing { get; init; }

    /// <summary>Whether two equal names are an error instead of a reason to rename the second.</summary>
    public bool FailOnDuplicate { get; init; }

    /// <summary><c>store</c>, <c>deflate</c> or <c>auto</c>.</summary>
    public string Compression { get; init; } = "store";

    /// <summary><c>auto</c>, <c>carry</c> or <c>copy</c>.</summary>
    public string Assembly { get; init; } = "auto";

    /// <summary>Bytes a second that estimates count with.</summary>
    public long Bandwidth { get; init; } = 100 << 20;

    /// <summary>Buffers for bytes under way, in bytes.</summary>
    public long MemoryBudget { get; init; } = 64 << 20;

    /// <summary>How many transfers are under way at once.</summary>
    public int Parallelism { get; init; } = 8;

    /// <summary>The most files in one archive.</summary>
    public int MaxEntries { get; init; } = 2_000_000;

    /// <summary>The most bytes of content in one archive.</summary>
    public long MaxBytes { get; init; } = 50_000_000_000_000;

    /// <summary>The longest line of a list of files, in bytes.</summary>
    public long MaxLineBytes { get; init; } = 1 << 20;

    /// <summary>The most bytes of a list of files.</summary>
    public long MaxListBytes { get; init; } = 1L << 30;

    /// <summary>How long it may take to find all files.</summary>
    public TimeSpan MaxPlanTime { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Reads them from the settings.</summary>
    /// <exception cref="ArchiverException">Exit code 78: source or destination is not set.</exception>
    public static ArchiveSettings From(ArchiverSettings settings) => new()
    {
        Source = settings.Require<StoreLocation>(SettingCatalog.SourceLocation),
        AllowedSources = settings.Get<IReadOnlyList<StoreLocation>>(SettingCatalog.SourceAllowed),
        Links = Enum.Parse<SourceLinks>(settings.Require<string>(SettingCatalog.SourceLinks), ignoreCase: true),
        Destination = settings.Require<StoreLocation>(SettingCatalog.DestinationLocation),
        Prefix = settings.Require<string>(SettingCatalog.DestinationPrefix),
        BaseUrl = settings.Get<string>(SettingCatalog.DestinationBaseUrl),
        OnMissing = Enum.Parse<MissingSource>(settings.Require<string>(SettingCatalog.ArchiveOnMissing), ignoreCase: true),
        FailOnDuplicate = settings.Require<string>(SettingCatalog.ArchiveOnDuplicate) == "fail",
        Compression = settings.Require<string>(SettingCatalog.ArchiveCompression),
        Assembly = settings.Require<string>(SettingCatalog.ArchiveAssembly),
        Bandwidth = settings.Require<long?>(SettingCatalog.ProcessorBandwidth).Value,
        MemoryBudget = settings.Require<long?>(SettingCatalog.ProcessorMemoryBudget).Value,
        Parallelism = settings.Require<int?>(SettingCatalog.ProcessorParallelism).Value,
        MaxEntries = settings.Require<int?>(SettingCatalog.ArchiveMaxEntries).Value,
        MaxBytes = settings.Require<long?>(SettingCatalog.ArchiveMaxBytes).Value,
        MaxLineBytes = settings.Require<long?>(SettingCatalog.ArchiveMaxLineBytes).Value,
        MaxListBytes = settings.Require<long?>(SettingCatalog.ArchiveMaxListBytes).Value,
        MaxPlanTime = settings.Require<TimeSpan?>(SettingCatalog.ArchiveMaxPlanTime).Value,
    };
}

/// <summary>What to do about a source that does not exist.</summary>
public enum MissingSource
{
    /// <summary>Reject the request.</summary>
    Fail,

    /// <summary>Try it again later.</summary>
    Retry,

    /// <summary>Archive the rest and say what was left out.</summary>
    Skip,
}

/// <summary>What to do about symbolic links in source folders.</summary>
public enum SourceLinks
{
    /// <summary>Refuse them.</summary>
    Refuse,

    /// <summary>Follow those to files below the same folder.</summary>
    Inside,
}
