namespace Archiver.Poller.Health;

/// <summary>An answer over HTTP.</summary>
internal sealed record HealthPage(int Status, string Text, string ContentType = "text/plain; charset=utf-8");

/// <summary>What is answered to whom.</summary>
internal sealed class HealthPages(PollerHealth health, Func<HealthPage> metrics)
{
    public const int Fine = 200;
    public const int NotAllowed = 405;

    private const int NotFound = 404;
    private const int Unavailable = 503;

    /// <summary>The answer to what is not HTTP.</summary>
    public static HealthPage NoRequest { get; } = new(400, "this is not an HTTP/1.1 request\n");

    /// <summary>The answer to a head that goes on and on.</summary>
    public static HealthPage HeadTooLarge { get; } = new(431, "the request headers are too large\n");

    public HealthPage Answer(string method, string path) => (method, path) switch
    {
        not ("GET" or "HEAD", _) => new HealthPage(NotAllowed, "only GET and HEAD are allowed\n"),
        (_, "/healthz") => health.NotAlive is { } reason
            ? new HealthPage(Unavailable, reason + "\n")
            : new HealthPage(Fine, $"alive\n{Restarts()}"),
        (_, "/readyz") => health.NotReady is { } reason ? new HealthPage(Unavailable, reason + "\n") : new HealthPage(Fine, "ready\n"),
        (_, "/metrics") => metrics(),
        _ => new HealthPage(NotFound, "only /healthz, /readyz and /metrics exist\n"),
    };

    private string Restarts() => string.Concat(health.Loops.Where(static loop => loop.Restarts > 0)
        .Select(static loop => $"the {loop.Name} failed and was restarted, times: {loop.Restarts}\n"));
}
