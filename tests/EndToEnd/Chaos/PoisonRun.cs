using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Chaos;

/// <summary>Honest requests alone, and the same with poisoned ones between them: what do these cost the honest?</summary>
public sealed class PoisonRun(ChaosOptions options)
{
    private const int MaxReceives = 3;

    // Less than what some of them bring back.
    private const int LargestAnswer = 4096;
    private static readonly int[] Sizes = [1, 1000, 40_000, 300_000];

    private readonly List<string> _violations = [];

    /// <param name="rounds">How often to measure; the figures are medians.</param>
    public async Task<ChaosReport> RunAsync(int rounds)
    {
        var (alone, mixed) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            alone.Add(await MeasureAsync(0));
            mixed.Add(await MeasureAsync(options.Poison));
        }
        return new ChaosReport(
            [
                ("rounds", rounds),
                ("honest requests", options.Requests),
                ("poisoned requests among them", options.Poison),
                ("ms until all honest ones were archived, alone", (long)Median(alone)),
                ("ms until all honest ones were archived, with poison", (long)Median(mixed)),
                ("% of the time alone, median of the rounds", (long)Math.Round(100 * Median([.. mixed.Zip(alone, static (with, without) => with / without)]))),
                ("violations", _violations.Count),
            ],
            _violations);
    }

    /// <returns>Milliseconds from the first receive to the last honest archive.</returns>
    private async Task<double> MeasureAsync(int poison)
    {
        var requests = new ChaosRequests(options.Seed, options.Requests, Sizes, Poison.All.Take(poison));
        await using var site = await SqsSite.CreateAsync(new SiteOptions { MaxReceiveCount = MaxReceives, LargestAnswer = LargestAnswer });
        foreach (var (key, content) in requests.Sources)
            await site.PutSourceAsync(key, content);
        foreach (var request in requests.All)
            await request.SendAsync(site.Requests);

        await using var poller = site.StartPoller("", ("MAX_CONCURRENCY", $"{options.Concurrency}"), ("ON_MISSING", "skip"), ("Poller__BackoffBase", "200ms"), ("Poller__BackoffMax", "1s"));
        await poller.EventuallyAsync("all requests have ended", async () =>
        {
            // Counts of a queue are approximate until somebody receives.
            await Task.Delay(500, TestContext.Current.CancellationToken);
            return EndsIn(poller.Log) >= requests.All.Sum(static request => request.Sends) && await site.Requests.CountAsync() == (0, 0);
        }, options.Limit);
        poller.Signal("TERM");
        var end = await poller.WaitForExitAsync();

        var report = await new ChaosAudit(requests, site).ReportAsync([end.ExitCode]);
        _violations.AddRange(report.Violations);
        var pauses = end.Log.Events.Count(static line => line.Template.StartsWith("Receiving pauses", StringComparison.Ordinal));
        if (pauses > 0)
            _violations.Add($"receiving paused {pauses} times for {poison} poisoned messages");
        var honest = end.Log.Events.Where(static line => line.AipId?.StartsWith("poison", StringComparison.Ordinal) == false).ToList();
        return (honest.Last(static line => line.Template.StartsWith("Archived as", StringComparison.Ordinal)).Time
            - end.Log.Events.First(static line => line.Template.StartsWith("Received", StringComparison.Ordinal)).Time).TotalMilliseconds;
    }

    private static int EndsIn(CapturedLines log) => log.Events.Count(static line =>
        line.Template.StartsWith("Archived as", StringComparison.Ordinal) || line.Template.StartsWith("Rejected", StringComparison.Ordinal));

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
