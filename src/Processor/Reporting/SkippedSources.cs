namespace Archiver.Processor.Reporting;

/// <summary>Skipped sources as a result tells of them: no more of them than a message has room for.</summary>
internal static class SkippedSources
{
    private const int MostNames = 1_000;
    private const int MostCharacters = 100_000;

    /// <returns>The first of them, and how many there are when these are not all; null when there are none.</returns>
    public static (IReadOnlyList<string>? Told, int? Count) Bound(IReadOnlyList<string> skipped)
    {
        if (skipped.Count == 0)
            return (null, null);
        var room = MostCharacters;
        var told = skipped.Take(MostNames).TakeWhile(name => (room -= name.Length) >= 0).ToList();
        return (told, told.Count < skipped.Count ? skipped.Count : null);
    }
}
