namespace Archiver.Processor.Parts;

/// <summary>Entries that follow one another in the plan; by default none.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Count">How many there are.</param>
public readonly record struct EntryRange(int First, int Count)
{
    /// <summary>The entry behind the last.</summary>
    public int End => First + Count;

    /// <summary>A single entry.</summary>
    public static EntryRange Of(int entry) => new(entry, 1);
}
