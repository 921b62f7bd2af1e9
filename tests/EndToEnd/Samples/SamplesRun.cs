using Amazon.S3;
using Amazon.S3.Model;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Samples;

/// <summary>All sample messages sent, and one poller run until the queue was empty. What came of it is kept for the tests to look at.</summary>
public abstract class SamplesRun(SiteKind kind) : IAsyncLifetime
{
    public const string BaseUrl = "https://cdn.example.test/archives";
    public const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private readonly Dictionary<string, string> _messageIds = [];

    /// <summary>First part of the archives' file names.</summary>
    public virtual string Prefix => "download";

    public Site Site { get; private set; } = null!;

    public ProgramEnd Poller { get; private set; } = null!;

    public IReadOnlyList<SeenMessage> Completions { get; private set; } = [];

    public IReadOnlyList<SeenMessage> DeadLetters { get; private set; } = [];

    public (int Visible, int InFlight) Left { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Site = await Site.CreateAsync(kind);
        await PutSourcesAsync();
        foreach (var name in SampleMessages.All)
            _messageIds[name] = await Site.Requests.SendAsync(SampleMessages.Read(name), AttributesOf(name));

        await using (var poller = StartPoller(Site))
            Poller = await poller.WaitForExitAsync(TimeSpan.FromMinutes(2));

        Completions = await Site.Completions.TakeAllAsync();
        DeadLetters = await Site.DeadLetters.TakeAllAsync();
        _ = await Site.Requests.TakeAllAsync();
        Left = await Site.Requests.CountAsync();
    }

    public string MessageIdOf(string name) => _messageIds[name];

    public SeenMessage CompletionOf(string name) => Assert.Single(Completions, message => message.Attributes.GetValueOrDefault("Correlation-Id") == name);

    public SeenMessage DeadLetterOf(string name) => Assert.Single(DeadLetters, message => message.Attributes.GetValueOrDefault("Correlation-Id") == name);

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract ProgramUnderTest StartPoller(Site site);

    private static Dictionary<string, string> AttributesOf(string name) => new() { ["Correlation-Id"] = name, ["traceparent"] = Trace };

    private async Task PutSourcesAsync()
    {
        foreach (var source in SampleMessages.Sources.Where(static source => !source.StartsWith("s3:", StringComparison.Ordinal)))
            await Site.PutSourceAsync(source, SampleMessages.ContentOf(source));

        // One sample names a bucket by its name, so that this one is not of the test's own.
        using var s3 = S3Fixture.ClientFor(Endpoints.S3Url);
        try
        {
            await s3.PutBucketAsync(SampleMessages.OtherBucket);
        }
        catch (AmazonS3Exception error) when (error.ErrorCode is "BucketAlreadyOwnedByYou")
        {
            // Another run made it.
        }

        foreach (var source in SampleMessages.Sources.Where(static source => source.StartsWith("s3:", StringComparison.Ordinal)))
        {
            using var content = new MemoryStream(SampleMessages.ContentOf(source));
            var key = source[$"s3://{SampleMessages.OtherBucket}/".Length..];
            await s3.PutObjectAsync(new PutObjectRequest { BucketName = SampleMessages.OtherBucket, Key = key, InputStream = content });
        }
    }
}
