namespace Archiver.Programs.Settings;

/// <summary>All settings, in the order of docs/settings.md. A new one is declared here and nowhere else.</summary>
public static class SettingCatalog
{
    // Must come first: the settings below add themselves to it as they are declared.
    private static readonly List<Setting> Declared = [];

    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public static IReadOnlyList<Setting> All => Declared;

    public static SettingForm<TimeSpan?> WaitTimeForm { get; } = SettingForm.DurationBetween(TimeSpan.Zero, TimeSpan.FromSeconds(20));

    public static Setting<string> QueueRequests { get; } = Required("Queue:Requests", SettingForm.Text,
        "Queue that archive requests arrive on: an SQS URL, the name of an SQS queue, or sqlite:path#name",
        "SQS_REQUEST_QUEUE_URL", "SQS_SOURCE_QUEUE");

    public static Setting<string?> QueueCompletions { get; } = Optional("Queue:Completions", SettingForm.Text,
        "Queue that completion messages are sent to; if not set, none are sent", "SQS_COMPLETION_QUEUE_URL", "SQS_DESTINATION_QUEUE");

    public static Setting<string?> QueueDeadLetter { get; } = Optional("Queue:DeadLetter", SettingForm.Text,
        "Queue that rejected requests are moved to; if not set, the one in the request queue's redrive policy",
        "SQS_DEAD_LETTER_QUEUE_URL");

    public static Setting<TimeSpan> QueueWaitTime { get; } = WithDefault("Queue:WaitTime", WaitTimeForm, "20s",
        "How long a receive waits for messages to arrive (long polling), up to 20s", "WAIT_TIME_SECONDS");

    public static Setting<int> QueueMaxNumberOfMessages { get; } = WithDefault(
        "Queue:MaxNumberOfMessages", SettingForm.WholeNumber(1, 10), "10",
        "The most messages to fetch in one receive, 1 to 10; the poller never fetches more than it can start at once",
        "MAX_NUMBER_OF_MESSAGES");

    public static Setting<TimeSpan> QueueVisibilityTimeout { get; } = WithDefault(
        "Queue:VisibilityTimeout", SettingForm.DurationBetween(TimeSpan.FromSeconds(1), TimeSpan.FromHours(12)), "30s",
        "How long a received message stays hidden from other receivers. Used when a SQLite queue is created; an SQS queue has its own");

    public static Setting<int> QueueMaxReceiveCount { get; } = WithDefault("Queue:MaxReceiveCount", SettingForm.WholeNumber(1, 1000), "5",
        "How many times a message may be received before it moves to the dead-letter queue. Used when a SQLite queue is created; "
        + "an SQS queue has its own");

    public static Setting<IReadOnlyList<string>?> QueueSnsTopics { get; } = Optional("Queue:SnsTopics", SettingForm.Texts,
        "ARNs of SNS topics, separated by commas. If set, only notifications of these topics are accepted, "
        + "and only if their signature is valid; "
        + "if not set, any request is accepted, and signatures are not checked", "SNS_TOPICS");

    public static Setting<int> PollerMaxConcurrency { get; } = WithDefault("Poller:MaxConcurrency", SettingForm.WholeNumber(1, 1000), "4",
        "How many archives to make at the same time; a change in the configuration file takes effect without a restart", "MAX_CONCURRENCY");

    public static Setting<string?> PollerSchemaFile { get; } = Optional("Poller:SchemaFile", SettingForm.Text,
        "JSON Schema that requests must match: a file or an http(s) URL; if not set, the built-in schemas/archive-request.schema.json",
        "SCHEMA_FILE");

    public static Setting<TimeSpan> PollerBackoffBase { get; } = WithDefault(
        "Poller:BackoffBase", SettingForm.DurationBetween(TimeSpan.Zero, TimeSpan.FromHours(1)), "5s",
        "The longest delay before the first retry of a failed request; it doubles with every receive");

    public static Setting<TimeSpan> PollerBackoffMax { get; } = WithDefault(
        "Poller:BackoffMax", SettingForm.DurationBetween(TimeSpan.Zero, TimeSpan.FromHours(11)), "15m",
        "The longest delay before any retry of a failed request");

    public static Setting<TimeSpan> PollerDrainTimeout { get; } = WithDefault(
        "Poller:DrainTimeout", SettingForm.DurationBetween(TimeSpan.Zero, Week), "20s",
        "How long running archives may go on after the poller is told to stop; then they are stopped and their requests released");

    public static Setting<int?> PollerHealthPort { get; } = Optional("Poller:HealthPort", SettingForm.WholeNumber(1, 65_535),
        "Port for the HTTP endpoints /healthz, /readyz and /metrics of the poller; if not set, they are off", "HEALTH_PORT");

    public static Setting<System.Net.IPAddress> PollerHealthAddress { get; } = WithDefault(
        "Poller:HealthAddress", SettingForm.Address, "127.0.0.1",
        "IP address that these endpoints listen on, or * for all addresses. The default cannot be reached from other machines",
        "HEALTH_ADDRESS");

    public static Setting<string?> ProcessorPath { get; } = Optional("Processor:Path", SettingForm.Text,
        "Path of the processor; if not set, archiver-processor in the poller's own folder");

    public static Setting<TimeSpan> ProcessorTimeout { get; } = WithDefault(
        "Processor:Timeout", SettingForm.DurationBetween(Instant, Week), "11h",
        "How long one archive may take; then its processor is stopped and the request released");

    public static Setting<TimeSpan> ProcessorStallTimeout { get; } = WithDefault(
        "Processor:StallTimeout", SettingForm.DurationBetween(Instant, Week), "15m",
        "How long an archive may go without progress; then its processor is stopped and the request released");

    public static Setting<TimeSpan> ProcessorGracePeriod { get; } = WithDefault(
        "Processor:GracePeriod", SettingForm.DurationBetween(TimeSpan.Zero, TimeSpan.FromHours(1)), "10s",
        "How long a processor that is told to stop may clean up before it is killed");

    public static Setting<SizeLimit?> ProcessorMemoryLimit { get; } = Optional(
        "Processor:MemoryLimit", SettingForm.SizeFromOrNone(64L << 20),
        "The most memory one processor may use, three quarters of it for the heap: "
        + "at least 64MiB more than Processor:MemoryBudget, or none for no limit; "
        + "if not set, 1GiB plus four thirds of Processor:MemoryBudget");

    public static Setting<int> ProcessorNice { get; } = WithDefault("Processor:Nice", SettingForm.WholeNumber(0, 19), "0",
        "Nice value of processors, 0 to 19: the higher it is, the more they yield to other programs");

    public static Setting<long> ProcessorMemoryBudget { get; } = WithDefault(
        "Processor:MemoryBudget", SettingForm.SizeFrom(16L << 20), "64MiB",
        "Memory that one processor may use for the data it is transferring, at least 16MiB");

    public static Setting<int> ProcessorParallelism { get; } = WithDefault("Processor:Parallelism", SettingForm.WholeNumber(1, 256), "8",
        "How many transfers one processor runs at the same time");

    public static Setting<long> ProcessorBandwidth { get; } = WithDefault("Processor:Bandwidth", SettingForm.SizeFrom(1L << 20), "100MiB",
        "Bytes per second that a processor can be expected to move to and from S3, for estimates and for Archive:Assembly; not a limit",
        "BANDWIDTH");

    public static Setting<StoreLocation> SourceLocation { get; } = Required("Source:Location", SettingForm.Location,
        "Where the files to archive are: a bucket, s3://bucket/prefix, or a folder", "S3_SOURCE_BUCKET");

    public static Setting<string?> SourceRegion { get; } = Optional("Source:Region", SettingForm.Text,
        "Region of the source buckets; if not set, AWS:Region", "S3_SOURCE_REGION");

    public static Setting<IReadOnlyList<StoreLocation>?> SourceAllowed { get; } = Add(new Setting<IReadOnlyList<StoreLocation>?>(
        "Source:Allowed", SettingForm.Locations, SettingForm.Locations.Read, null,
        "Locations that requests may name in addition to Source:Location, separated by commas. Empty: no others. "
        + "* or not set: every bucket that the credentials can read, but no other folder", "ALLOWED_SOURCES")
    { MayBeEmpty = true });

    public static Setting<SourceLinks> SourceLinks { get; } = WithDefault("Source:Links", SettingForm.OneOf<SourceLinks>(), "refuse",
        "What to do about symbolic links in source folders: refuse rejects the request, "
        + "inside follows links to files below the same folder");

    public static Setting<StoreLocation> DestinationLocation { get; } = Required("Destination:Location", SettingForm.Location,
        "Where to store archives: a bucket, s3://bucket/prefix, or a folder", "S3_DESTINATION_BUCKET");

    public static Setting<string> DestinationPrefix { get; } = WithDefault("Destination:Prefix", SettingForm.NamePart, "download",
        "First part of an archive's file name: {fingerprint}/{prefix}-{date}.zip", "S3_FILE_PREFIX");

    public static Setting<string?> DestinationBaseUrl { get; } = Optional("Destination:BaseUrl", SettingForm.Url,
        "Base URL of the links in completion messages; if not set, a link is the archive's s3: or file: URI", "ARCHIVE_BASE_URL");

    public static Setting<MissingSource> ArchiveOnMissing { get; } = WithDefault(
        "Archive:OnMissing", SettingForm.OneOf<MissingSource>(), "fail",
        "What to do if a source does not exist: fail rejects the request, retry tries it again later, "
        + "skip archives the rest and lists what was skipped", "ON_MISSING");

    public static Setting<DuplicateName> ArchiveOnDuplicate { get; } = WithDefault(
        "Archive:OnDuplicate", SettingForm.OneOf<DuplicateName>(), "rename",
        "What to do if two files in an archive have the same name: rename calls the second \"name (2).ext\", "
        + "fail rejects the request", "ON_DUPLICATE");

    public static Setting<Compression> ArchiveCompression { get; } = WithDefault(
        "Archive:Compression", SettingForm.OneOf<Compression>(), "store",
        "store leaves files as they are, deflate compresses them, auto decides by file extension and content type", "COMPRESSION");

    public static Setting<AssemblyMode> ArchiveAssembly { get; } = WithDefault(
        "Archive:Assembly", SettingForm.OneOf<AssemblyMode>(), "auto",
        "How data gets from S3 to S3: carry moves it through the processor, copy copies it inside S3 wherever possible, "
        + "auto picks whichever costs less in time and money", "ASSEMBLY");

    public static Setting<int> ArchiveMaxEntries { get; } = WithDefault(
        "Archive:MaxEntries", SettingForm.WholeNumber(1, int.MaxValue), "2000000",
        "The most files in one archive; each takes about 500 bytes of memory");

    public static Setting<long> ArchiveMaxBytes { get; } = WithDefault("Archive:MaxBytes", SettingForm.SizeFrom(1), "50000GB",
        "The most bytes of content in one archive");

    public static Setting<long> ArchiveMaxLineBytes { get; } = WithDefault("Archive:MaxLineBytes", SettingForm.SizeFrom(16), "1MiB",
        "The longest line in a filesFrom list");

    public static Setting<long> ArchiveMaxListBytes { get; } = WithDefault("Archive:MaxListBytes", SettingForm.SizeFrom(16), "1GiB",
        "The largest size of a filesFrom list");

    public static Setting<TimeSpan> ArchiveMaxPlanTime { get; } = WithDefault(
        "Archive:MaxPlanTime", SettingForm.DurationBetween(TimeSpan.FromMilliseconds(1), Week), "2h",
        "How long it may take to find all the files of one archive");

    public static Setting<bool> LogDebug { get; } = Flag("Log:Debug", "Whether to log at debug level", "DEBUG", "APP_DEBUG");

    public static Setting<bool> LogReadable { get; } = Flag(
        "Log:Readable", "Whether to log human-readable lines instead of compact JSON", "DEV_MODE");

    public static Setting<string?> LogFile { get; } = Optional("Log:File", SettingForm.Text,
        "File to log to in addition to standard error; a new one is started every day, and 31 are kept", "LOG_FILE");

    public static Setting<string?> AwsRegion { get; } = Optional(
        "AWS:Region", SettingForm.Text, "AWS region", "AWS_REGION", "AWS_DEFAULT_REGION");

    public static Setting<string?> AwsEndpointUrl { get; } = Optional("AWS:EndpointUrl", SettingForm.Url,
        "Endpoint of S3 and SQS, if it is not AWS", "AWS_ENDPOINT_URL");

    public static Setting<string?> AwsEndpointUrlS3 { get; } = Optional("AWS:EndpointUrlS3", SettingForm.Url,
        "Endpoint of S3 only", "AWS_ENDPOINT_URL_S3");

    public static Setting<string?> AwsEndpointUrlSqs { get; } = Optional("AWS:EndpointUrlSqs", SettingForm.Url,
        "Endpoint of SQS only", "AWS_ENDPOINT_URL_SQS");

    public static Setting<string?> AwsS3RoleArn { get; } = Optional("AWS:S3RoleArn", SettingForm.Text,
        "ARN of a role that the processor assumes for S3, using the credentials below; if not set, it uses those credentials directly",
        "S3_ROLE_ARN");

    public static Setting<bool?> AwsForcePathStyle { get; } = Optional("AWS:ForcePathStyle", SettingForm.Boolean,
        "Whether S3 URLs have the bucket in their path instead of the host name; if not set, they do when an endpoint is set",
        "AWS_S3_FORCE_PATH_STYLE");

    public static Setting<string?> AwsAccessKeyId { get; } = Optional("AWS:AccessKeyId", SettingForm.Credential,
        "Access key; if not set, the AWS SDK looks for credentials (web identity, container role, instance profile, shared files)",
        "AWS_ACCESS_KEY_ID");

    public static Setting<string?> AwsSecretAccessKey { get; } = Secret("AWS:SecretAccessKey", SettingForm.Text,
        "Secret of the access key", "AWS_SECRET_ACCESS_KEY");

    public static Setting<string?> AwsSessionToken { get; } = Secret("AWS:SessionToken", SettingForm.Credential,
        "Session token, if the access key is temporary", "AWS_SESSION_TOKEN");

    private static Setting<T> Required<T>(
        string name, SettingForm<T> form, string description, params string[] environment) where T : class =>
        Add(new Setting<T>(name, form, text => form.Read(text)!, null, description, environment) { IsRequired = true });

    private static Setting<T> WithDefault<T>(
        string name, SettingForm<T> form, string standard, string description, params string[] environment) where T : class =>
        Add(new Setting<T>(name, form, text => form.Read(text)!, standard, description, environment) { IsRequired = true });

    private static Setting<T> WithDefault<T>(
        string name, SettingForm<T?> form, string standard, string description, params string[] environment) where T : struct =>
        Add(new Setting<T>(name, form, text => form.Read(text)!.Value, standard, description, environment) { IsRequired = true });

    // An empty value means off.
    private static Setting<bool> Flag(string name, string description, params string[] environment) =>
        Add(new Setting<bool>(
            name, SettingForm.Boolean, static text => SettingForm.Boolean.Read(text)!.Value, "0", description, environment));

    private static Setting<T?> Optional<T>(string name, SettingForm<T> form, string description, params string[] environment) =>
        Add(new Setting<T?>(name, form, form.Read, null, description, environment));

    private static Setting<string?> Secret(string name, SettingForm<string> form, string description, params string[] environment) =>
        Add(new Setting<string?>(name, form, form.Read, null, description, environment) { IsSecret = true });

    private static Setting<T> Add<T>(Setting<T> setting)
    {
        Declared.Add(setting);
        return setting;
    }
}
