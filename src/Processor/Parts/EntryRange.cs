namespace Archiver.Processor.Parts;

/// <summary>A range of consecutive entries in the plan; empty by default.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Count">The number of entries.</param>
public readonly record struct EntryRange(int First, int Count)
{
    /// <summary>The end of the range, exclusive.</summary>
    public int End => First + Count;

    /// <summary>A single entry.</summary>
    public static EntryRange Of(int entry) => new(entry, 1);
}
