using Archiver.Queues;

namespace Archiver.Poller.Requests;

/// <summary>
/// The message attributes that only this program sets, <c>Archiver-...</c>. What a sender, or an earlier stay in the dead-letter queue, has
/// left of them says nothing of how a request ends now.
/// </summary>
internal static class OwnAttributes
{
    private const string Prefix = "Archiver-";

    public static IReadOnlyDictionary<string, MessageAttribute> Without(IReadOnlyDictionary<string, MessageAttribute> attributes) =>
        attributes.Keys.Any(IsOwn) ? attributes.Where(static a => !IsOwn(a.Key)).ToDictionary() : attributes;

    private static bool IsOwn(string name) => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
}
