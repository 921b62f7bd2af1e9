namespace Archiver.Contract.Settings;

/// <summary>Every setting that there is, in the order in which people read them.</summary>
public static class SettingCatalog
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>How long one receive may wait.</summary>
    public static SettingForm<TimeSpan?> WaitTimeForm { get; } = SettingForm.DurationBetween(TimeSpan.Zero, TimeSpan.FromSeconds(20));

    /// <summary>Where archive requests are received.</summary>
    public static Setting QueueRequests { get; } = new("Queue:Requests", SettingForm.Text, null,
        "Queue of archive requests: an SQS URL, a bare SQS queue name, or sqlite:path#name", "SQS_REQUEST_QUEUE_URL", "SQS_SOURCE_QUEUE");

    /// <summary>Where completions are sent.</summary>
    public static Setting QueueCompletions { get; } = new("Queue:Completions", SettingForm.Text, null,
        "Queue of completions; none: no completions are sent", "SQS_COMPLETION_QUEUE_URL", "SQS_DESTINATION_QUEUE");

    /// <summary>Where rejected requests go.</summary>
    public static Setting QueueDeadLetter { get; } = new("Queue:DeadLetter", SettingForm.Text, null,
        "Queue of rejected requests; none: the one that the request queue's redrive policy names", "SQS_DEAD_LETTER_QUEUE_URL");

    /// <summary>The longest long poll.</summary>
    public static Setting QueueWaitTime { get; } = new("Queue:WaitTime", WaitTimeForm, "20s",
        "How long one receive waits for a message, 0 to 20 s", "WAIT_TIME_SECONDS");

    /// <summary>The most messages of one receive.</summary>
    public static Setting QueueMaxNumberOfMessages { get; } = new("Queue:MaxNumberOfMessages", SettingForm.WholeNumber(1, 10), "10",
        "The most messages that one receive brings, 1 to 10; never more than there are free slots", "MAX_NUMBER_OF_MESSAGES");

    /// <summary>Visibility timeout of SQLite queues.</summary>
    public static Setting QueueVisibilityTimeout { get; } = new("Queue:VisibilityTimeout", SettingForm.DurationBetween(TimeSpan.FromSeconds(1), TimeSpan.FromHours(12)), "30s",
        "How long a received message stays hidden, in SQLite queues that are created; an SQS queue has its own");

    /// <summary>Receives before redrive of SQLite queues.</summary>
    public static Setting QueueMaxReceiveCount { get; } = new("Queue:MaxReceiveCount", SettingForm.WholeNumber(1, 1000), "5",
        "Receives before a message moves to the dead-letter queue, in SQLite queues that are created; an SQS queue has its own");

    /// <summary>The topics of SNS whose notifications are taken.</summary>
    public static Setting QueueSnsTopics { get; } = new("Queue:SnsTopics", SettingForm.Texts, null,
        "ARNs of SNS topics, separated by commas: only their notifications are taken, and only with a valid signature; none: any request is taken, and signatures are not looked at", "SNS_TOPICS");

    /// <summary>How many processors run at once.</summary>
    public static Setting PollerMaxConcurrency { get; } = new("Poller:MaxConcurrency", SettingForm.WholeNumber(1, 1000), "4",
        "How many archives are made at once; a change in the configuration file takes effect without a restart", "MAX_CONCURRENCY");

    /// <summary>The schema that requests must meet.</summary>
    public static Setting PollerSchemaFile { get; } = new("Poller:SchemaFile", SettingForm.Text, null,
        "JSON Schema of requests: a file or an http(s) URL; none: schemas/archive-request.schema.json as built in", "SCHEMA_FILE");

    /// <summary>The first backoff.</summary>
    public static Setting PollerBackoffBase { get; } = new("Poller:BackoffBase", SettingForm.DurationBetween(TimeSpan.Zero, TimeSpan.FromHours(1)), "5s",
        "Upper bound of the first delay before a failed request is tried again; it doubles with every receive");

    /// <summary>The longest backoff.</summary>
    public static Setting PollerBackoffMax { get; } = new("Poller:BackoffMax", SettingForm.DurationBetween(TimeSpan.Zero, TimeSpan.FromHours(11)), "15m",
        "The longest such delay");

    /// <summary>How long a stop waits for running jobs.</summary>
    public static Setting PollerDrainTimeout { get; } = new("Poller:DrainTimeout", SettingForm.DurationBetween(TimeSpan.Zero, Week), "20s",
        "How long a stop waits for running archives before it stops them and gives their requests back");

    /// <summary>Where the poller's health is asked for.</summary>
    public static Setting PollerHealthPort { get; } = new("Poller:HealthPort", SettingForm.WholeNumber(1, 65_535), null,
        "Port at which the poller answers /healthz, /readyz and /metrics over HTTP; none: it does not", "HEALTH_PORT");

    /// <summary>The address at which it is asked for.</summary>
    public static Setting PollerHealthAddress { get; } = new("Poller:HealthAddress", SettingForm.Address, "127.0.0.1",
        "IP address at which it answers; * for all. By default only the machine itself can ask", "HEALTH_ADDRESS");

    /// <summary>The processor's program.</summary>
    public static Setting ProcessorPath { get; } = new("Processor:Path", SettingForm.Text, null,
        "The processor's program; none: archiver-processor beside the poller");

    /// <summary>How long one job may take.</summary>
    public static Setting ProcessorTimeout { get; } = new("Processor:Timeout", SettingForm.DurationBetween(TimeSpan.FromMilliseconds(100), Week), "11h",
        "How long one archive may take before its processor is stopped and the request given back");

    /// <summary>How long one job may stand still.</summary>
    public static Setting ProcessorStallTimeout { get; } = new("Processor:StallTimeout", SettingForm.DurationBetween(TimeSpan.FromMilliseconds(100), Week), "15m",
        "How long an archive may make no progress before its processor is stopped and the request given back");

    /// <summary>Between SIGTERM and SIGKILL.</summary>
    public static Setting ProcessorGracePeriod { get; } = new("Processor:GracePeriod", SettingForm.DurationBetween(TimeSpan.Zero, TimeSpan.FromHours(1)), "10s",
        "How long a processor that was told to stop may clean up before it is killed");

    /// <summary>Memory of one processor.</summary>
    public static Setting ProcessorMemoryLimit { get; } = new("Processor:MemoryLimit", SettingForm.SizeFromOrNone(64L << 20), null,
        "The memory that one processor may take, three quarters of it for the heap; at least 64MiB more than Processor:MemoryBudget; unset: 1GiB and four thirds of that; the word none: no limit");

    /// <summary>Niceness of processors.</summary>
    public static Setting ProcessorNice { get; } = new("Processor:Nice", SettingForm.WholeNumber(0, 19), "0",
        "How much processors yield to other programs, 0 to 19");

    /// <summary>Bytes of transfer buffers.</summary>
    public static Setting ProcessorMemoryBudget { get; } = new("Processor:MemoryBudget", SettingForm.SizeFrom(16L << 20), "64MiB",
        "Buffers for bytes under way, per processor; at least 16MiB");

    /// <summary>Transfers at once.</summary>
    public static Setting ProcessorParallelism { get; } = new("Processor:Parallelism", SettingForm.WholeNumber(1, 256), "8",
        "How many transfers one processor has under way at once");

    /// <summary>The bandwidth that estimates count with.</summary>
    public static Setting ProcessorBandwidth { get; } = new("Processor:Bandwidth", SettingForm.SizeFrom(1L << 20), "100MiB",
        "Bytes a second that a processor can move to and from S3: what estimates and Archive:Assembly count with, no limit", "BANDWIDTH");

    /// <summary>Where sources are.</summary>
    public static Setting SourceLocation { get; } = new("Source:Location", SettingForm.Location, null,
        "Where sources are: a bucket, s3://bucket/prefix, or a folder", "S3_SOURCE_BUCKET");

    /// <summary>Region of the source buckets.</summary>
    public static Setting SourceRegion { get; } = new("Source:Region", SettingForm.Text, null,
        "Region of the source buckets; none: AWS:Region", "S3_SOURCE_REGION");

    /// <summary>Which other sources a request may name.</summary>
    public static Setting SourceAllowed { get; } = new("Source:Allowed", SettingForm.Locations, null,
        "Locations that requests may name beside the source location, separated by commas; empty: no other; *, or not set: every bucket that the credentials can read, and no other folder", "ALLOWED_SOURCES")
    { MayBeEmpty = true };

    /// <summary>Links in source folders.</summary>
    public static Setting SourceLinks { get; } = new("Source:Links", SettingForm.OneOf("refuse", "inside"), "refuse",
        "Symbolic links in source folders: refuse rejects the request, inside follows those to files below the same folder");

    /// <summary>Where archives go.</summary>
    public static Setting DestinationLocation { get; } = new("Destination:Location", SettingForm.Location, null,
        "Where archives are stored: a bucket, s3://bucket/prefix, or a folder", "S3_DESTINATION_BUCKET");

    /// <summary>First part of an archive's file name.</summary>
    public static Setting DestinationPrefix { get; } = new("Destination:Prefix", SettingForm.NamePart, "download",
        "First part of an archive's file name: {fingerprint}/{prefix}-{date}.zip", "S3_FILE_PREFIX");

    /// <summary>What links in completions begin with.</summary>
    public static Setting DestinationBaseUrl { get; } = new("Destination:BaseUrl", SettingForm.Url, null,
        "What the links in completions begin with; none: the archive's s3: or file: URI is sent", "ARCHIVE_BASE_URL");

    /// <summary>What to do about a missing source.</summary>
    public static Setting ArchiveOnMissing { get; } = new("Archive:OnMissing", SettingForm.OneOf("fail", "retry", "skip"), "fail",
        "A source that does not exist: fail rejects the request, retry tries it again later, skip archives the rest and lists what was skipped", "ON_MISSING");

    /// <summary>What to do about equal names.</summary>
    public static Setting ArchiveOnDuplicate { get; } = new("Archive:OnDuplicate", SettingForm.OneOf("rename", "fail"), "rename",
        "Two equal names in one archive: rename makes the second \"name (2).ext\", fail rejects the request", "ON_DUPLICATE");

    /// <summary>Whether entries are compressed.</summary>
    public static Setting ArchiveCompression { get; } = new("Archive:Compression", SettingForm.OneOf("store", "deflate", "auto"), "store",
        "store writes entries as they are, deflate compresses them, auto decides by extension and content type", "COMPRESSION");

    /// <summary>How archives are brought together in S3.</summary>
    public static Setting ArchiveAssembly { get; } = new("Archive:Assembly", SettingForm.OneOf("auto", "carry", "copy"), "auto",
        "How bytes get from S3 to S3: carry through the processor, copy inside S3 wherever that can be, auto takes what costs less time and money", "ASSEMBLY");

    /// <summary>The most entries.</summary>
    public static Setting ArchiveMaxEntries { get; } = new("Archive:MaxEntries", SettingForm.WholeNumber(1, int.MaxValue), "2000000",
        "The most files in one archive; each takes about 500 bytes of memory");

    /// <summary>The most bytes.</summary>
    public static Setting ArchiveMaxBytes { get; } = new("Archive:MaxBytes", SettingForm.SizeFrom(1), "50000GB",
        "The most bytes of content in one archive");

    /// <summary>The longest line of a list.</summary>
    public static Setting ArchiveMaxLineBytes { get; } = new("Archive:MaxLineBytes", SettingForm.SizeFrom(16), "1MiB",
        "The longest line of a filesFrom list");

    /// <summary>The longest list.</summary>
    public static Setting ArchiveMaxListBytes { get; } = new("Archive:MaxListBytes", SettingForm.SizeFrom(16), "1GiB",
        "The most bytes of a filesFrom list");

    /// <summary>How long planning may take.</summary>
    public static Setting ArchiveMaxPlanTime { get; } = new("Archive:MaxPlanTime", SettingForm.DurationBetween(TimeSpan.FromMilliseconds(1), Week), "2h",
        "How long it may take to find all files of one archive");

    /// <summary>Debug logs.</summary>
    public static Setting LogDebug { get; } = new("Log:Debug", SettingForm.Boolean, "0", "Log at debug level", "DEBUG", "APP_DEBUG");

    /// <summary>Readable logs.</summary>
    public static Setting LogReadable { get; } = new("Log:Readable", SettingForm.Boolean, "0", "Log lines for people instead of compact JSON", "DEV_MODE");

    /// <summary>A log file.</summary>
    public static Setting LogFile { get; } = new("Log:File", SettingForm.Text, null, "Log to this file as well; a new one each day, 31 are kept", "LOG_FILE");

    /// <summary>AWS region.</summary>
    public static Setting AwsRegion { get; } = new("AWS:Region", SettingForm.Text, null, "AWS region", "AWS_REGION", "AWS_DEFAULT_REGION");

    /// <summary>Endpoint of all services.</summary>
    public static Setting AwsEndpointUrl { get; } = new("AWS:EndpointUrl", SettingForm.Url, null, "Endpoint of S3 and SQS when it is not AWS", "AWS_ENDPOINT_URL");

    /// <summary>Endpoint of S3.</summary>
    public static Setting AwsEndpointUrlS3 { get; } = new("AWS:EndpointUrlS3", SettingForm.Url, null, "Endpoint of S3 alone", "AWS_ENDPOINT_URL_S3");

    /// <summary>Endpoint of SQS.</summary>
    public static Setting AwsEndpointUrlSqs { get; } = new("AWS:EndpointUrlSqs", SettingForm.Url, null, "Endpoint of SQS alone", "AWS_ENDPOINT_URL_SQS");

    /// <summary>Role for S3.</summary>
    public static Setting AwsS3RoleArn { get; } = new("AWS:S3RoleArn", SettingForm.Text, null,
        "ARN of a role that the processor assumes for S3, with the credentials below; none: it uses those themselves", "S3_ROLE_ARN");

    /// <summary>Path-style addressing.</summary>
    public static Setting AwsForcePathStyle { get; } = new("AWS:ForcePathStyle", SettingForm.Boolean, null,
        "Bucket in the path of S3 URLs instead of the host name; none: so when an endpoint is set", "AWS_S3_FORCE_PATH_STYLE");

    /// <summary>Access key id.</summary>
    public static Setting AwsAccessKeyId { get; } = new("AWS:AccessKeyId", SettingForm.Credential, null,
        "Access key; none: the AWS SDK's own chain (web identity, container role, instance profile, shared files)", "AWS_ACCESS_KEY_ID");

    /// <summary>Secret access key.</summary>
    public static Setting AwsSecretAccessKey { get; } = new("AWS:SecretAccessKey", SettingForm.Text, null, "Its secret", "AWS_SECRET_ACCESS_KEY") { IsSecret = true };

    /// <summary>Session token.</summary>
    public static Setting AwsSessionToken { get; } = new("AWS:SessionToken", SettingForm.Credential, null, "Its session token, when it is temporary", "AWS_SESSION_TOKEN") { IsSecret = true };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        QueueRequests, QueueCompletions, QueueDeadLetter, QueueWaitTime, QueueMaxNumberOfMessages, QueueVisibilityTimeout, QueueMaxReceiveCount, QueueSnsTopics,
        PollerMaxConcurrency, PollerSchemaFile, PollerBackoffBase, PollerBackoffMax, PollerDrainTimeout, PollerHealthPort, PollerHealthAddress,
        ProcessorPath, ProcessorTimeout, ProcessorStallTimeout, ProcessorGracePeriod, ProcessorMemoryLimit, ProcessorNice,
        ProcessorMemoryBudget, ProcessorParallelism, ProcessorBandwidth,
        SourceLocation, SourceRegion, SourceAllowed, SourceLinks, DestinationLocation, DestinationPrefix, DestinationBaseUrl, ArchiveOnMissing, ArchiveOnDuplicate, ArchiveCompression, ArchiveAssembly,
        ArchiveMaxEntries, ArchiveMaxBytes, ArchiveMaxLineBytes, ArchiveMaxListBytes, ArchiveMaxPlanTime,
        LogDebug, LogReadable, LogFile,
        AwsRegion, AwsEndpointUrl, AwsEndpointUrlS3, AwsEndpointUrlSqs, AwsS3RoleArn, AwsForcePathStyle, AwsAccessKeyId, AwsSecretAccessKey, AwsSessionToken,
    ];
}
