namespace Archiver.Processor.Packaging.Zip;

/// <summary>The header before an entry's content (APPNOTE 4.3.7). It carries the true CRC-32 and sizes, so that readers of streams need no data descriptor.</summary>
internal static class LocalHeader
{
    private const int Zip64ExtraSize = 4 + 8 + 8;

    public const int LongestSize = ZipFormat.LocalHeaderSize + ZipFormat.LongestName + Zip64ExtraSize + ZipFormat.ExtendedTimestampSize;

    /// <summary>How many bytes it has.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="largest">The most bytes that the content may have, compressed or not: decides about zip64.</param>
    public static int SizeOf(in ZipEntry entry, long largest) =>
        ZipFormat.LocalHeaderSize + ZipFormat.NameLength(entry.Name) + ExtraSize(entry, ZipFormat.NeedsZip64(largest));

    public static void Write(Span<byte> target, in ZipEntry entry, in EntryContent content, long largest)
    {
        var zip64 = ZipFormat.NeedsZip64(largest);
        var writer = new FieldWriter(target);
        writer.Write32(ZipFormat.LocalHeaderSignature);
        writer.Write16(ZipFormat.VersionNeeded(zip64, content.Method));
        writer.Write16(ZipFormat.FlagsFor(entry.Name));
        writer.Write16(content.Method);
        writer.Write32(DosTime.From(entry.ModifiedUnixSeconds));
        writer.Write32(content.Crc);
        writer.Write32(zip64 ? ZipFormat.Marker32 : (uint)content.CompressedSize);
        writer.Write32(zip64 ? ZipFormat.Marker32 : (uint)entry.Size);
        writer.Write16((ushort)ZipFormat.NameLength(entry.Name));
        writer.Write16((ushort)ExtraSize(entry, zip64));
        writer.WriteName(entry.Name);
        if (zip64)
        {
            writer.Write16(ZipFormat.Zip64ExtraId);
            writer.Write16(Zip64ExtraSize - 4);
            writer.Write64(entry.Size);
            writer.Write64(content.CompressedSize);
        }
        writer.WriteExtendedTimestamp(entry);
    }

    private static int ExtraSize(in ZipEntry entry, bool zip64) =>
        (zip64 ? Zip64ExtraSize : 0) + (ZipFormat.HasExtendedTimestamp(entry) ? ZipFormat.ExtendedTimestampSize : 0);
}
