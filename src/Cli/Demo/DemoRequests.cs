using Archiver.Queues;

namespace Archiver.Cli.Demo;

/// <summary>A sample request on the queue.</summary>
internal sealed record DemoRequest(string File, string MessageId);

/// <summary>Puts every payload of <c>samples/requests</c> on the queue, the invalid one included, which no client would send.</summary>
internal static class DemoRequests
{
    public const string Invalid = "invalid.json";

    public static async Task<IReadOnlyList<DemoRequest>> SendAsync(DemoPlace place, CancellationToken cancellationToken)
    {
        await using var queue = place.Queues().Open($"sqlite:{place.Folder}/queue.db#requests");
        var sent = new List<DemoRequest>();
        foreach (var file in Directory.GetFiles(Path.Combine(place.Samples, "requests"), "*.json").Order(StringComparer.Ordinal))
        {
            var body = await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false);
            sent.Add(new DemoRequest(Path.GetFileName(file), await queue.SendAsync(new OutgoingMessage(body), cancellationToken).ConfigureAwait(false)));
        }
        return sent;
    }
}
