namespace Archiver.Processor.Reporting;

/// <summary>Limits the skipped sources in a result to what fits into a message.</summary>
internal static class SkippedSources
{
    private const int MostNames = 1_000;
    private const int MostCharacters = 100_000;

    /// <returns>The first of them, and how many there are if that is not all; nulls if there are none.</returns>
    public static (IReadOnlyList<string>? Told, int? Count) Bound(IReadOnlyList<string> skipped)
    {
        if (skipped.Count == 0)
            return (null, null);
        var room = MostCharacters;
        var told = skipped.Take(MostNames).TakeWhile(name => (room -= name.Length) >= 0).ToList();
        return (told, told.Count < skipped.Count ? skipped.Count : null);
    }
}
