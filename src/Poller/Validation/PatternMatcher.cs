using System.Text.RegularExpressions;

namespace Archiver.Poller.Validation;

/// <summary>
/// Matches the patterns of a schema in bounded time, whatever a sender has thought of. Most patterns can be matched without going back, in
/// time that grows with the text alone; the others (look-arounds, back-references) have a limit, and all of one message have one together.
/// </summary>
internal sealed class PatternMatcher(TimeProvider time)
{
    private static readonly TimeSpan LimitForOne = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LimitForAll = TimeSpan.FromSeconds(2);

    private TimeSpan _spent;

    /// <exception cref="ArgumentException">It is not a regular expression.</exception>
    public static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking, LimitForOne);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.None, LimitForOne);
        }
    }

    public static bool IsPattern(string text)
    {
        try
        {
            Compile(text);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <exception cref="RegexMatchTimeoutException">This match, or all of the message, take too long.</exception>
    public bool IsMatch(Regex pattern, string text)
    {
        var started = time.GetTimestamp();
        var matches = pattern.IsMatch(text);
        _spent += time.GetElapsedTime(started);
        return _spent < LimitForAll ? matches : throw new RegexMatchTimeoutException(text, pattern.ToString(), LimitForAll);
    }
}
