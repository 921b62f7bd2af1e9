namespace Archiver.Processor.Parts;

/// <summary>A range of the archive that is stored in one go.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Offset">Where it begins in the archive.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="IsCopied">Whether the store is to copy it from an object, of whose content it is a range.</param>
public readonly record struct Part(int Number, long Offset, long Length, bool IsCopied = false)
{
    /// <summary>The byte behind its last.</summary>
    public long End => Offset + Length;
}
