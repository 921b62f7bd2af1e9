namespace Archiver.Processor.Packaging.Zip;

/// <summary>An entry's record in the central directory (APPNOTE 4.3.12).</summary>
internal static class CentralHeader
{
    public const int LongestSize = ZipFormat.CentralHeaderSize + ZipFormat.LongestRest;

    public static int SizeOf(in ZipEntry entry, long compressedSize, long headerOffset) =>
        ZipFormat.CentralHeaderSize + EntryFields.LengthOfNameAndExtras(entry, Zip64(entry, compressedSize, headerOffset));

    public static void Write(Span<byte> target, in ZipEntry entry, in ZipContent content, long headerOffset)
    {
        var zip64 = Zip64(entry, content.CompressedSize, headerOffset);
        var writer = new FieldWriter(target);
        writer.Write32(ZipFormat.CentralHeaderSignature);
        writer.Write16(ZipFormat.MadeByUnix45);
        EntryFields.Write(ref writer, entry, content, zip64);
        writer.Write16(0); // comment length
        writer.Write16(0); // disk number
        writer.Write16(0); // internal attributes
        writer.Write32(ZipFormat.RegularFile0644);
        writer.Write32(zip64.Offset ? ZipFormat.Marker32 : (uint)headerOffset);
        EntryFields.WriteNameAndExtras(ref writer, entry, content, zip64, headerOffset);
    }

    private static Zip64Fields Zip64(in ZipEntry entry, long compressedSize, long headerOffset) =>
        new(ZipFormat.NeedsZip64(entry.Size), ZipFormat.NeedsZip64(compressedSize), ZipFormat.NeedsZip64(headerOffset));
}
