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

    /// <summary>Checks, and counts.</summary>
    /// <param name="exits">How the pollers ended.</param>
    public async Task<ChaosReport> ReportAsync(IReadOnlyList<int> exits)
    {
        var completions = ByKey(await site.Completions.TakeAllAsync());
        var deadLetters = ByKey(await site.DeadLetters.TakeAllAsync());
        var left = await site.Requests.TakeAllAsync();
        var archives = await site.ListArchivesAsync();
        var uploads = await site.Archives.ListUploadsAsync();

        var named = new HashSet<string>();
        foreach (var request in requests.All)
            if (request.ExitCode == 0)
                await CheckArchivedAsync(request, [.. completions[request.Key]], [.. deadLetters[request.Key]], named);
            else
                CheckRejected(request, [.. completions[request.Key]], [.. deadLetters[request.Key]]);

        foreach (var completion in completions.SelectMany(static of => of))
            CheckHonest(completion);
        Demand(left.Count == 0, $"{left.Count} requests are still in the queue");
        Demand(uploads.Count == 0, $"{uploads.Count} multipart uploads are left: {string.Join(", ", uploads.Select(static upload => upload.Key))}");
        Demand(named.SetEquals(archives), $"the destination holds {archives.Count} objects, the completions name {named.Count}");
        Demand(exits.All(static exit => exit == 0), $"the pollers ended with {string.Join(", ", exits)}");
        return new ChaosReport(
            [
                ("requests sent", requests.All.Sum(static request => request.Sends)),
                ("of them different", requests.All.Count),
                ("of them poisoned", requests.All.Count(static request => request.Kind is not null)),
                ("archives", archives.Count),
                ("completions of success", completions.Sum(static of => of.Count(static message => message.Success))),
                ("completions of failure", completions.Sum(static of => of.Count(static message => !message.Success))),
                ("dead letters", deadLetters.Sum(static of => of.Count())),
                ("violations", _violations.Count),
            ],
            _violations);
    }

    // A dead letter with ten attributes has no room for all of its sender's.
    private static ILookup<string, SeenMessage> ByKey(IEnumerable<SeenMessage> messages) =>
        messages.ToLookup(static message => message.Attributes.GetValueOrDefault(ChaosRequest.KeyAttribute) ?? message.AipId);

    private async Task CheckArchivedAsync(ChaosRequest request, SeenMessage[] completions, SeenMessage[] deadLetters, HashSet<string> named)
    {
        Demand(completions.Length > 0, $"{NameOf(request)} has no completion");
        Demand(deadLetters.Length == 0, $"{NameOf(request)} is in the dead-letter queue: {string.Join("; ", deadLetters.Select(static message => message.Reason))}");
        Demand(completions.All(static message => message.Success), $"{NameOf(request)} has a failure completion: {string.Join("; ", completions.Select(static message => message.Text("message")))}");
        var keys = completions.Select(static message => message.Text("archive.uri")).OfType<string>().Select(site.KeyOf).Distinct().ToList();
        Demand(keys.Count == 1, $"{NameOf(request)} has {keys.Count} archives");
        named.UnionWith(keys);
        foreach (var key in request.Entries is null ? [] : keys)
            Demand(IsRight(request.Entries!, ZipContent.Read(await site.GetArchiveAsync(key))), $"the archive of {NameOf(request)} is not what was asked for");
    }

    private void CheckRejected(ChaosRequest request, SeenMessage[] completions, SeenMessage[] deadLetters)
    {
        Demand(completions.Length > 0 && completions.All(message => !message.Success && IsAsked(request, message.Text("error.exit_code"))),
            $"{NameOf(request)} should have been rejected with {request.ExitCode} but has {completions.Length} completions: {string.Join("; ", completions.Select(static message => $"{message.Text("error.exit_code")} {message.Text("message")}"))}");
        Demand(deadLetters.Length > 0 && deadLetters.All(message => IsAsked(request, message.ExitCode) && message.Reason is { Length: > 0 } && message.OriginalBody == request.Body),
            $"{NameOf(request)} has {deadLetters.Length} dead letters: {string.Join("; ", deadLetters.Select(message => $"{message.ExitCode} {message.Reason}, its body {(message.OriginalBody == request.Body ? "whole" : "changed")}"))}");
    }

    /// <summary>Whatever its request said, a completion says things once, and of this program only what is so.</summary>
    private void CheckHonest(SeenMessage completion)
    {
        var names = completion.Json.AsObject().Select(static property => property.Key).ToList();
        Demand(names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Count, $"a completion says things twice: {string.Join(", ", names)}");
        Demand(!completion.Attributes.Keys.Any(static name => name.StartsWith("Archiver-", StringComparison.OrdinalIgnoreCase)),
            $"a completion has attributes of a dead letter: {string.Join(", ", completion.Attributes.Keys)}");
    }

    private bool IsRight(IReadOnlyList<(string Name, string Source)> wanted, IReadOnlyList<(string Name, byte[] Content)> entries) =>
        entries.Select(static entry => entry.Name).SequenceEqual(wanted.Select(static entry => entry.Name))
        && entries.Zip(wanted).All(pair => pair.First.Content.AsSpan().SequenceEqual(requests.Sources[pair.Second.Source]));

    private static bool IsAsked(ChaosRequest request, string? exitCode) => request.ExitCode is not { } asked ? exitCode is not (null or "0" or "70") : exitCode == $"{asked}";

    private static string NameOf(ChaosRequest request) => request.Kind is { } kind ? $"{request.Key} ({kind})" : request.Key;

    private void Demand(bool holds, string otherwise)
    {
        if (!holds)
            _violations.Add(otherwise);
    }
}
