using System.Text.RegularExpressions;

namespace Archiver.Poller.Telemetry;

/// <summary>A <c>tracestate</c>, held to its limits: https://www.w3.org/TR/trace-context/#tracestate-limits.</summary>
internal static partial class TraceState
{
    private const int Longest = 512;
    private const int LongestMember = 128;
    private const int MostMembers = 32;

    /// <summary>Shortens it as W3C asks: long members go first, then the last ones.</summary>
    /// <returns>Null when nothing of it is left, or it is malformed.</returns>
    public static string? Fit(string? state)
    {
        if (string.IsNullOrEmpty(state))
            return null;
        var members = state.Split(',').Select(static member => member.Trim(' ', '\t')).Where(static member => member.Length > 0).ToList();
        if (!members.TrueForAll(static member => Member().IsMatch(member)))
            return null;
        if (state.Length <= Longest && members.Count <= MostMembers)
            return members.Count > 0 ? state : null;
        members.RemoveAll(static member => member.Length > LongestMember);
        var length = -1;
        members = [.. members.Take(MostMembers).TakeWhile(member => (length += member.Length + 1) <= Longest)];
        return members.Count > 0 ? string.Join(',', members) : null;
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_*/@-]{0,255}=[\x20-\x2B\x2D-\x3C\x3E-\x7E]{1,256}\z")]
    private static partial Regex Member();
}
