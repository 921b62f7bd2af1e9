namespace Archiver.EndToEnd.Support.Sites;

/// <summary>Queues on SQS of which each is reached through a proxy of its own, so that one can fail alone.</summary>
public sealed class FaultySite : IAsyncDisposable
{
    private FaultySite(Site site, FaultProxy completions, FaultProxy deadLetters) => (Site, Completions, DeadLetters) = (site, completions, deadLetters);

    public Site Site { get; }

    public FaultProxy Completions { get; }

    public FaultProxy DeadLetters { get; }

    /// <summary>What tells a poller to go through the proxies.</summary>
    public (string Name, string? Value)[] Settings =>
    [
        // The URL of a queue is its endpoint when none is set.
        ("AWS_ENDPOINT_URL_SQS", null),
        ("SQS_SOURCE_QUEUE", Site.Requests.Location),
        ("SQS_DESTINATION_QUEUE", Through(Completions, Site.Completions)),
        ("SQS_DEAD_LETTER_QUEUE_URL", Through(DeadLetters, Site.DeadLetters)),
        ("Poller__BackoffBase", "0"),
    ];

    public static async Task<FaultySite> CreateAsync(SiteOptions options) =>
        new(await Site.CreateAsync(SiteKind.SqsAndS3, options), await SqsFixture.StartProxyAsync(), await SqsFixture.StartProxyAsync());

    public async ValueTask DisposeAsync()
    {
        await Completions.DisposeAsync();
        await DeadLetters.DisposeAsync();
        await Site.DisposeAsync();
    }

    private static string Through(FaultProxy proxy, ITestQueue queue) => new Uri(proxy.Url, new Uri(queue.Location).AbsolutePath).AbsoluteUri;
}
