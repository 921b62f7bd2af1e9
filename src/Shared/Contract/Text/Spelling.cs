namespace Archiver.Contract.Text;

/// <summary>Guesses what a misspelt name was meant to be.</summary>
internal static class Spelling
{
    /// <summary>The nearest known name, ignoring case; null if none is close.</summary>
    public static string? Nearest(string given, IEnumerable<string> known) =>
        known.Select(name => (Name: name, Distance: Distance(given.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(found => found.Distance <= Tolerance(given))
            .OrderBy(static found => found.Distance)
            .Select(static found => found.Name)
            .FirstOrDefault();

    /// <summary>
    /// The end of a sentence about an unknown name: <c>; did you mean NAME?</c>, or a full stop if no known name is close.
    /// </summary>
    public static string Question(string given, IEnumerable<string> known) =>
        Nearest(given, known) is { } name ? $"; did you mean {name}?" : ".";

    private static int Tolerance(string given) => Math.Min(3, (given.Length + 2) / 4);

    // Optimal string alignment distance: letters missing, extra, wrong, or swapped with the next.
    private static int Distance(string a, string b)
    {
        // Too far apart in any case, and the input may be of any length.
        if (Math.Abs(a.Length - b.Length) > 3)
            return int.MaxValue;
        var distance = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            distance[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            distance[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                var changed = distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                distance[i, j] = Math.Min(changed, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
            }
        return distance[a.Length, b.Length];
    }
}
