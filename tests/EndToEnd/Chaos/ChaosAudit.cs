using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Chaos;

/// <summary>
/// Checks the promise: every request that the queue accepted ends in exactly one archive and at least one completion, or in the
/// dead-letter queue with its reason and a failure completion; and nothing else is left.
/// </summary>
public sealed class ChaosAudit(ChaosRequests requests, SqsSite site)
{
    private readonly List<string> _violations = [];

    public async Task<ChaosReport> ReportAsync(
        PollerFleet fleet, IReadOnlyList<int> exits, RequestCounters s3, RequestCounters sqs, TimeSpan took)
    {
        var completions = (await site.Completions.TakeAllAsync()).ToLookup(static message => message.AipId);
        var deadLetters = (await site.DeadLetters.TakeAllAsync()).ToLookup(static message => message.AipId);
        var left = await site.Requests.TakeAllAsync();
        var archives = await site.ListArchivesAsync();
        var uploads = await site.Archives.ListUploadsAsync();

        var named = new HashSet<string>();
        foreach (var request in requests.All)
            if (request.ExitCode == 0)
                await CheckArchivedAsync(request, [.. completions[request.AipId]], [.. deadLetters[request.AipId]], named);
            else
                CheckRejected(request, [.. completions[request.AipId]], [.. deadLetters[request.AipId]]);

        Demand(left.Count == 0, $"{left.Count} requests are still in the queue");
        Demand(uploads.Count == 0, $"{uploads.Count} multipart uploads are left: {string.Join(", ", uploads.Select(static upload => upload.Key))}");
        Demand(named.SetEquals(archives), $"the destination holds {archives.Count} objects, the completions name {named.Count}");
        Demand(exits.All(static exit => exit == 0), $"the pollers ended with {string.Join(", ", exits)}");
        return new ChaosReport(
            [
                ("requests sent", requests.All.Sum(static request => request.Sends)),
                ("of them different", requests.All.Count),
                ("archives", archives.Count),
                ("completions of success", completions.Sum(static of => of.Count(static message => message.Success))),
                ("completions of failure", completions.Sum(static of => of.Count(static message => !message.Success))),
                ("dead letters", deadLetters.Sum(static of => of.Count())),
                ("pollers killed", fleet.PollersKilled),
                ("pollers frozen", fleet.PollersFrozen),
                ("processors killed", fleet.ProcessorsKilled),
                ("messages released", fleet.Count("Released")),
                ("leases lost", fleet.Count("The message became visible to others")),
                ("pauses for an outage", fleet.Count("Receiving pauses")),
                .. FaultsOf("S3", s3),
                .. FaultsOf("SQS", sqs),
                ("requests to S3", s3.Total.Requests),
                ("requests to SQS", sqs.Total.Requests),
                ("seconds", (long)took.TotalSeconds),
                ("violations", _violations.Count),
            ],
            _violations);
    }

    private static IEnumerable<(string, long)> FaultsOf(string server, RequestCounters counters) =>
        from kind in Enum.GetValues<FaultKind>()
        where counters[kind] > 0
        select ($"faults of {server}: {kind}", (long)counters[kind]);

    private async Task CheckArchivedAsync(ChaosRequest request, SeenMessage[] completions, SeenMessage[] deadLetters, HashSet<string> named)
    {
        Demand(completions.Length > 0, $"{request.AipId} has no completion");
        Demand(deadLetters.Length == 0, $"{request.AipId} is in the dead-letter queue: {string.Join("; ", deadLetters.Select(static message => message.Reason))}");
        Demand(completions.All(static message => message.Success), $"{request.AipId} has a failure completion: {string.Join("; ", completions.Select(static message => message.Text("message")))}");
        var keys = completions.Select(static message => message.Text("archive.uri")).OfType<string>().Select(site.KeyOf).Distinct().ToList();
        Demand(keys.Count == 1, $"{request.AipId} has {keys.Count} archives");
        named.UnionWith(keys);
        foreach (var key in keys)
            Demand(IsRight(request, ZipContent.Read(await site.GetArchiveAsync(key))), $"the archive of {request.AipId} is not what was asked for");
    }

    private void CheckRejected(ChaosRequest request, SeenMessage[] completions, SeenMessage[] deadLetters)
    {
        Demand(completions.Length > 0 && completions.All(message => message.Text("error.exit_code") == $"{request.ExitCode}"),
            $"{request.AipId} should have been rejected with {request.ExitCode} but has {completions.Length} completions, of them successful {completions.Count(static message => message.Success)}");
        Demand(deadLetters.Length > 0 && deadLetters.All(message => message.ExitCode == $"{request.ExitCode}" && message.Reason is { Length: > 0 } && message.Body == request.Body),
            $"{request.AipId} has {deadLetters.Length} dead letters, of them with the right reason and body {deadLetters.Count(message => message.ExitCode == $"{request.ExitCode}" && message.Body == request.Body)}");
    }

    private bool IsRight(ChaosRequest request, IReadOnlyList<(string Name, byte[] Content)> entries) =>
        entries.Select(static entry => entry.Name).SequenceEqual(request.Entries.Select(static entry => entry.Name))
        && entries.Zip(request.Entries).All(pair => pair.First.Content.AsSpan().SequenceEqual(requests.Sources[pair.Second.Source]));

    private void Demand(bool holds, string otherwise)
    {
        if (!holds)
            _violations.Add(otherwise);
    }
}
