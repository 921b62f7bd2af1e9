namespace Archiver.Processor.Zip;

/// <summary>The header before an entry's content (APPNOTE 4.3.7). It carries the true CRC-32 and sizes, so that readers of streams need no data descriptor.</summary>
internal static class LocalHeader
{
    private const int Zip64ExtraSize = 4 + 8 + 8;

    public const int LongestSize = ZipFormat.LocalHeaderSize + ZipFormat.LongestName + Zip64ExtraSize + ZipFormat.ExtendedTimestampSize;

    public static int SizeOf(in ZipEntry entry) =>
        ZipFormat.LocalHeaderSize + ZipFormat.NameLength(entry.Name) + ExtraSize(entry);

    public static void Write(Span<byte> target, in ZipEntry entry, uint crc)
    {
        var zip64 = ZipFormat.NeedsZip64(entry.Size);
        var size = zip64 ? ZipFormat.Marker32 : (uint)entry.Size;
        var writer = new FieldWriter(target);
        writer.Write32(ZipFormat.LocalHeaderSignature);
        writer.Write16(zip64 ? ZipFormat.NeedsVersion45 : ZipFormat.NeedsVersion10);
        writer.Write16(ZipFormat.FlagsFor(entry.Name));
        writer.Write16(ZipFormat.Stored);
        writer.Write32(DosTime.From(entry.ModifiedUnixSeconds));
        writer.Write32(crc);
        writer.Write32(size);
        writer.Write32(size);
        writer.Write16((ushort)ZipFormat.NameLength(entry.Name));
        writer.Write16((ushort)ExtraSize(entry));
        writer.WriteName(entry.Name);
        if (zip64)
        {
            writer.Write16(ZipFormat.Zip64ExtraId);
            writer.Write16(Zip64ExtraSize - 4);
            writer.Write64(entry.Size);
            writer.Write64(entry.Size);
        }
        writer.WriteExtendedTimestamp(entry);
    }

    private static int ExtraSize(in ZipEntry entry) =>
        (ZipFormat.NeedsZip64(entry.Size) ? Zip64ExtraSize : 0) + (ZipFormat.HasExtendedTimestamp(entry) ? ZipFormat.ExtendedTimestampSize : 0);
}
