namespace Archiver.Processor.Parts;

/// <summary>A range of the archive that is stored with one request.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Offset">Where it begins in the archive.</param>
/// <param name="Length">The number of bytes.</param>
/// <param name="IsCopied">Whether the store copies it from an object, and it contains nothing else.</param>
public readonly record struct Part(int Number, long Offset, long Length, bool IsCopied = false)
{
    /// <summary>Where it ends in the archive, exclusive.</summary>
    public long End => Offset + Length;
}
