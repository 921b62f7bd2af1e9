using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Archiver.Poller.Validation;

/// <summary>
/// Matches the patterns of a schema in bounded time, whatever a sender has thought of. Most patterns can be matched without going back, in
/// time that grows with the text alone; the others (look-arounds, back-references) have a limit.
/// </summary>
internal sealed class PatternMatcher
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string, RegexOptions), Regex> _patterns = new();

    public bool IsMatch(string pattern, string text) => Find(pattern, RegexOptions.NonBacktracking).IsMatch(text);

    /// <summary>The same as the validator does it, going back: to find out whether it can be left to the validator.</summary>
    /// <exception cref="RegexMatchTimeoutException">It takes too long.</exception>
    public bool IsMatchGoingBack(string pattern, string text) => Find(pattern, RegexOptions.None).IsMatch(text);

    private Regex Find(string pattern, RegexOptions options) => _patterns.GetOrAdd((pattern, options), static key => Create(key.Item1, key.Item2));

    private static Regex Create(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options, Limit);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.None, Limit);
        }
    }
}
