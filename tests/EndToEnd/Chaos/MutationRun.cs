using System.Globalization;
using System.Text;
using Archiver.Contract;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Chaos;

/// <summary>Mutated messages through one poller and real processors; afterwards each must have had its end.</summary>
public sealed class MutationRun(ChaosOptions options) : IAsyncDisposable
{
    private const string Trial = "Trial";

    /// <summary>So many messages show whether the poller's memory grows with them.</summary>
    private const int EnoughToSeeMemory = 5000;

    private readonly LocalSite _site = LocalSite.Create(new SiteOptions { MaxReceiveCount = 2, VisibilityTimeout = TimeSpan.FromSeconds(60) });
    private readonly Dictionary<string, int> _trials = [];
    private readonly List<long> _memory = [];
    private int _refused;
    private readonly List<string> _violations = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<ChaosReport> RunAsync()
    {
        await PutSourcesAsync();
        var bodies = await SendAsync();
        await using var poller = _site.StartPoller("", [
            .. Endpoints.ProcessEnvironment.Select(static pair => (pair.Key, pair.Value)),
            ("MAX_CONCURRENCY", "6"), ("Poller__BackoffBase", "50ms"), ("Poller__BackoffMax", "200ms")]);
        var started = TimeProvider.System.GetTimestamp();
        await UntilEmptyAsync(poller);
        var took = TimeProvider.System.GetElapsedTime(started);
        poller.Signal("TERM");
        var end = await poller.WaitForExitAsync();
        Demand(end.ExitCode == 0, $"the poller ended with {end.ExitCode}");
        return await ReportAsync(bodies, end.Log, took);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private async Task PutSourcesAsync()
    {
        foreach (var key in (string[])["mds2909/trial1.txt", "mds2909/trial2.txt", "example-directory/uuid1.png", "example-directory/uuid2.png", "example-directory/uuid3.png", "source.jpg"])
            await _site.PutSourceAsync(key, Encoding.UTF8.GetBytes($"This is {key}."));
        await _site.PutSourceAsync("noise.bin", Some.Bytes(100_000));
        await _site.PutSourceAsync("many.jsonl", Encoding.UTF8.GetBytes("{\"source\":\"source.jpg\"}\n{\"source\":\"noise.bin\",\"destination\":\"a/b.bin\"}\n"));
    }

    private async Task<IReadOnlyList<string>> SendAsync()
    {
        string[] samples =
        [
            .. Samples("*.json"), .. Samples("request-*.json"), .. Samples("request-*.json"),
            """{"filesFrom":"many.jsonl","aipid":"listed","metadata":{"a":[1,2,{"b":null}]}}""",
            """{"Type":"Notification","TopicArn":"arn:aws:sns:eu-west-1:123456789012:t","Message":"{\"files\":[{\"source\":\"source.jpg\"}]}","MessageAttributes":{"a":{"Type":"String","Value":"1"}}}""",
        ];
        var mutations = new Mutations(options.Seed, samples);
        var sent = new List<string>();
        while (sent.Count < options.Messages)
        {
            var body = mutations.Next();
            var attributes = new Dictionary<string, string>(mutations.NextAttributes()) { [Trial] = sent.Count.ToString(CultureInfo.InvariantCulture) };
            try
            {
                _trials[await _site.Requests.SendAsync(body, attributes)] = sent.Count;
                sent.Add(body);
            }
            catch (ArchiverException)
            {
                // No queue takes it, so nobody can send it.
                _refused++;
            }
        }
        return sent;
    }

    private static IEnumerable<string> Samples(string pattern) =>
        Directory.GetFiles(Path.Combine(Repository.Root, "tests", "Messages"), pattern).Order(StringComparer.Ordinal).Select(File.ReadAllText);

    private async Task UntilEmptyAsync(ProgramUnderTest poller)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var next = TimeSpan.Zero; await _site.Requests.CountAsync() != (0, 0); await Task.Delay(100, Token))
        {
            var elapsed = TimeProvider.System.GetElapsedTime(started);
            if (elapsed > options.Limit)
                throw new TimeoutException($"The queue is not empty after {options.Limit}: {await _site.Requests.CountAsync()}\n{poller.Log.Text[^Math.Min(5000, poller.Log.Text.Length)..]}");
            if (elapsed < next)
                continue;
            _memory.Add(ResidentMemory(poller.ProcessId));
            next += TimeSpan.FromSeconds(1);
        }
    }

    private async Task<ChaosReport> ReportAsync(IReadOnlyList<string> bodies, CapturedLines log, TimeSpan took)
    {
        var completions = (await _site.Completions.TakeAllAsync()).ToLookup(TrialOf);
        var deadLetters = (await _site.DeadLetters.TakeAllAsync()).ToLookup(TrialOf);
        for (var i = 0; i < bodies.Count; i++)
            Check(i, bodies[i], [.. completions[i]], [.. deadLetters[i]]);
        var named = completions.SelectMany(static of => of).Select(static message => message.Text("archive.uri")).OfType<string>().Select(_site.KeyOf).ToHashSet();
        var archives = await _site.ListArchivesAsync();
        Demand(named.SetEquals(archives), $"the destination holds {archives.Count} objects, the completions name {named.Count}");

        var (early, late) = (MedianOf(1), MedianOf(3));
        Demand(bodies.Count < EnoughToSeeMemory || late < early * 1.2, $"the poller's memory grew from {early >> 20} to {late >> 20} MiB");
        return new ChaosReport(
            [
                ("seed", options.Seed),
                ("messages", bodies.Count),
                ("others that the queue refused when they were sent", _refused),
                ("archived", completions.Count(static of => of.Any(static message => message.Success))),
                ("rejected", completions.Count(static of => of.All(static message => !message.Success))),
                ("dead letters", deadLetters.Sum(static of => of.Count())),
                ("archives", archives.Count),
                ("processors started", log.Events.Count(static line => line.Template.StartsWith("Planned", StringComparison.Ordinal))),
                ("messages released", log.Events.Count(static line => line.Template.StartsWith("Released", StringComparison.Ordinal))),
                ("pauses for an outage", log.Events.Count(static line => line.Template.StartsWith("Receiving pauses", StringComparison.Ordinal))),
                ("MiB of the poller, second quarter of the run", early >> 20),
                ("MiB of the poller, last quarter", late >> 20),
                ("seconds", (long)took.TotalSeconds),
                ("violations", _violations.Count),
            ],
            _violations);
    }

    private void Check(int trial, string body, SeenMessage[] completions, SeenMessage[] deadLetters)
    {
        var message = $"message {trial} ({body[..Math.Min(300, body.Length)]})";
        Demand(completions.Length == 1, $"{message} has {completions.Length} completions");
        Demand(completions.All(static completion => completion.Success) ? deadLetters.Length == 0 : deadLetters.Length == 1,
            $"{message} has {deadLetters.Length} dead letters, its completion says {completions.FirstOrDefault()?.Text("message")}");
        Demand(deadLetters.All(dead => dead.Reason is { Length: > 0 } && dead.Body == body), $"{message} has a dead letter without its body or a reason");
        Demand(deadLetters.All(static dead => dead.ExitCode is not "70"), $"{message} is told as a bug: {deadLetters.FirstOrDefault()?.Reason}");
    }

    /// <summary>By the attribute that comes back; where there was no room for it, by the id of the request.</summary>
    private int TrialOf(SeenMessage message) => message.Attributes.TryGetValue(Trial, out var trial)
        ? int.Parse(trial, CultureInfo.InvariantCulture)
        : _trials.GetValueOrDefault(message.RequestId ?? "", -1);

    /// <summary>The median of a quarter of the run, counted from 0.</summary>
    private long MedianOf(int quarter) =>
        _memory.Skip(_memory.Count * quarter / 4).Take(Math.Max(1, _memory.Count / 4)).Order().ElementAt(Math.Max(0, (_memory.Count / 8) - 1));

    private static long ResidentMemory(int processId) =>
        long.Parse(File.ReadLines($"/proc/{processId}/status").First(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;

    private void Demand(bool holds, string otherwise)
    {
        if (!holds)
            _violations.Add(otherwise);
    }
}
