namespace Archiver.Tests.Processor.Interop;

/// <summary>An archive in a file, and what is known of it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Entries">What it must hold, in this order.</param>
/// <param name="ContentOf">The content of an entry of a size.</param>
public sealed record InteropArchive(string Path, IReadOnlyList<ExpectedEntry> Entries, Func<int, byte[]> ContentOf)
{
    /// <summary>The entries in the order in which their content stands, which is how some readers list them.</summary>
    public IReadOnlyList<ExpectedEntry> AsTheyStand { get; init; } = Entries;

    public IEnumerable<string> Names => Entries.Select(static entry => entry.Name);
}

/// <summary>What others must find of an entry.</summary>
public sealed record ExpectedEntry(string Name, long Size, uint Crc);
