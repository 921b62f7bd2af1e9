namespace Archiver.Processor.Packaging.Zip;

/// <summary>An entry's content in the archive.</summary>
/// <param name="Method">Compression method (APPNOTE 4.4.5): 0 stored, 8 deflated.</param>
/// <param name="Crc">CRC-32 of the uncompressed content.</param>
/// <param name="CompressedSize">Bytes in the archive; for a stored entry, its size.</param>
public readonly record struct ZipContent(ushort Method, uint Crc, long CompressedSize)
{
    /// <summary>Content that is not compressed.</summary>
    public static ZipContent Stored(in ZipEntry entry, uint crc) => new(ZipFormat.Stored, crc, entry.Size);
}
