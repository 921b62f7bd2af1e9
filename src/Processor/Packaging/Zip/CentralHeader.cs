namespace Archiver.Processor.Packaging.Zip;

/// <summary>An entry's record in the central directory (APPNOTE 4.3.12).</summary>
internal static class CentralHeader
{
    public const int LongestSize = ZipFormat.CentralHeaderSize + ZipFormat.LongestRest;

    public static int SizeOf(in ZipEntry entry, long compressedSize, long headerOffset) =>
        ZipFormat.CentralHeaderSize + ZipFormat.NameLength(entry.Name) + ExtraSize(entry, compressedSize, headerOffset);

    public static void Write(Span<byte> target, in ZipEntry entry, in EntryContent content, long headerOffset)
    {
        var bigSize = ZipFormat.NeedsZip64(entry.Size);
        var bigCompressed = ZipFormat.NeedsZip64(content.CompressedSize);
        var bigOffset = ZipFormat.NeedsZip64(headerOffset);
        var zip64 = bigSize || bigCompressed || bigOffset;
        var writer = new FieldWriter(target);
        writer.Write32(ZipFormat.CentralHeaderSignature);
        writer.Write16(ZipFormat.MadeByUnix45);
        writer.Write16(ZipFormat.VersionNeeded(zip64, content.Method));
        writer.Write16(ZipFormat.FlagsFor(entry.Name));
        writer.Write16(content.Method);
        writer.Write32(DosTime.From(entry.ModifiedUnixSeconds));
        writer.Write32(content.Crc);
        writer.Write32(bigCompressed ? ZipFormat.Marker32 : (uint)content.CompressedSize);
        writer.Write32(bigSize ? ZipFormat.Marker32 : (uint)entry.Size);
        writer.Write16((ushort)ZipFormat.NameLength(entry.Name));
        writer.Write16((ushort)ExtraSize(entry, content.CompressedSize, headerOffset));
        writer.Write16(0); // comment length
        writer.Write16(0); // disk number
        writer.Write16(0); // internal attributes
        writer.Write32(ZipFormat.RegularFile0644);
        writer.Write32(bigOffset ? ZipFormat.Marker32 : (uint)headerOffset);
        writer.WriteName(entry.Name);
        if (zip64)
        {
            writer.Write16(ZipFormat.Zip64ExtraId);
            writer.Write16((ushort)(Zip64ExtraSize(bigSize, bigCompressed, bigOffset) - 4));
            if (bigSize)
                writer.Write64(entry.Size);
            if (bigCompressed)
                writer.Write64(content.CompressedSize);
            if (bigOffset)
                writer.Write64(headerOffset);
        }
        writer.WriteExtendedTimestamp(entry);
    }

    private static int ExtraSize(in ZipEntry entry, long compressedSize, long headerOffset) =>
        Zip64ExtraSize(ZipFormat.NeedsZip64(entry.Size), ZipFormat.NeedsZip64(compressedSize), ZipFormat.NeedsZip64(headerOffset))
        + (ZipFormat.HasExtendedTimestamp(entry) ? ZipFormat.ExtendedTimestampSize : 0);

    // 4.5.3: only the fields whose place in the record holds the marker, in this order.
    private static int Zip64ExtraSize(bool bigSize, bool bigCompressed, bool bigOffset) =>
        bigSize || bigCompressed || bigOffset ? 4 + (bigSize ? 8 : 0) + (bigCompressed ? 8 : 0) + (bigOffset ? 8 : 0) : 0;
}
