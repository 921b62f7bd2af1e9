namespace Archiver.EndToEnd.Support.Sites;

/// <summary>Queues on SQS, sources and archives on S3.</summary>
public sealed class SqsSite : Site
{
    private readonly SqsFixture _sqs = new();
    private readonly S3Fixture _sources = new();
    private readonly S3Fixture _archives = new();
    private SqsTestQueue _requests = null!;
    private SqsTestQueue _completions = null!;
    private SqsTestQueue _deadLetters = null!;

    private SqsSite()
    {
    }

    public override ITestQueue Requests => _requests;

    public override ITestQueue Completions => _completions;

    public override ITestQueue DeadLetters => _deadLetters;

    public S3Fixture Sources => _sources;

    public S3Fixture Archives => _archives;

    /// <summary>By the names that the replaced media system gave its settings.</summary>
    public override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(Endpoints.ProcessEnvironment)
    {
        ["SQS_SOURCE_QUEUE"] = _requests.Name,
        ["SQS_DESTINATION_QUEUE"] = _completions.Name,
        ["S3_SOURCE_BUCKET"] = _sources.Bucket,
        ["S3_DESTINATION_BUCKET"] = _archives.Bucket,
        ["WAIT_TIME_SECONDS"] = "1",
    };

    public static async Task<SqsSite> CreateAsync(SiteOptions options)
    {
        var site = new SqsSite();
        await site._sources.InitializeAsync();
        await site._archives.InitializeAsync();
        var requests = await site._sqs.CreateQueueAsync(new QueueOptions
        {
            Fifo = options.Fifo,
            VisibilityTimeout = options.VisibilityTimeout,
            MaxReceiveCount = options.MaxReceiveCount,
            LargestDeadLetter = options.LargestAnswer,
        });
        site._requests = new SqsTestQueue(requests, options.Fifo);
        site._completions = new SqsTestQueue(await site._sqs.CreateQueueAsync(new QueueOptions { LargestMessage = options.LargestAnswer }));
        site._deadLetters = new SqsTestQueue(requests.DeadLetters ?? await site._sqs.CreateQueueAsync());
        return site;
    }

    public override Task PutSourceAsync(string key, byte[] content) => _sources.PutAsync(key, content);

    public override async Task<IReadOnlyList<string>> ListArchivesAsync() => [.. (await _archives.ListAsync()).Select(found => found.Key)];

    public override Task<byte[]> GetArchiveAsync(string key) => _archives.GetAsync(key);

    public override string KeyOf(string uri) => uri[$"s3://{_archives.Bucket}/".Length..];

    public override async ValueTask DisposeAsync()
    {
        await _sqs.DisposeAsync();
        await _sources.DisposeAsync();
        await _archives.DisposeAsync();
        await base.DisposeAsync();
    }
}
