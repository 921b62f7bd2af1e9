namespace Archiver.Processor.Packaging.Zip;

/// <summary>Which values of an entry are in its zip64 field, in this order, with a marker in their usual place (APPNOTE 4.5.3).</summary>
internal readonly record struct Zip64Fields(bool Size, bool CompressedSize, bool Offset)
{
    public bool Any => Size || CompressedSize || Offset;

    public int Length => Any ? 4 + (Size ? 8 : 0) + (CompressedSize ? 8 : 0) + (Offset ? 8 : 0) : 0;
}

/// <summary>What an entry's two headers have in common (APPNOTE 4.3.7 and 4.3.12).</summary>
internal static class EntryFields
{
    public static int LengthOfNameAndExtras(in ZipEntry entry, Zip64Fields zip64) =>
        ZipFormat.NameLength(entry.Name) + LengthOfExtras(entry, zip64);

    public static void Write(ref FieldWriter writer, in ZipEntry entry, in ZipContent content, Zip64Fields zip64)
    {
        writer.Write16(ZipFormat.VersionNeeded(zip64.Any, content.Method));
        writer.Write16(ZipFormat.FlagsFor(entry.Name));
        writer.Write16(content.Method);
        writer.Write32(DosTime.From(entry.ModifiedUnixSeconds));
        writer.Write32(content.Crc);
        writer.Write32(zip64.CompressedSize ? ZipFormat.Marker32 : (uint)content.CompressedSize);
        writer.Write32(zip64.Size ? ZipFormat.Marker32 : (uint)entry.Size);
        writer.Write16((ushort)ZipFormat.NameLength(entry.Name));
        writer.Write16((ushort)LengthOfExtras(entry, zip64));
    }

    public static void WriteNameAndExtras(
        ref FieldWriter writer, in ZipEntry entry, in ZipContent content, Zip64Fields zip64, long headerOffset = 0)
    {
        writer.WriteName(entry.Name);
        if (zip64.Any)
        {
            writer.Write16(ZipFormat.Zip64ExtraId);
            writer.Write16((ushort)(zip64.Length - 4));
            if (zip64.Size)
                writer.Write64(entry.Size);
            if (zip64.CompressedSize)
                writer.Write64(content.CompressedSize);
            if (zip64.Offset)
                writer.Write64(headerOffset);
        }
        if (ZipFormat.HasExtendedTimestamp(entry))
        {
            writer.Write16(ZipFormat.ExtendedTimestampId);
            writer.Write16(ZipFormat.ExtendedTimestampSize - 4);
            writer.Write8(1); // modification time only
            writer.Write32((uint)entry.ModifiedUnixSeconds);
        }
    }

    private static int LengthOfExtras(in ZipEntry entry, Zip64Fields zip64) =>
        zip64.Length + (ZipFormat.HasExtendedTimestamp(entry) ? ZipFormat.ExtendedTimestampSize : 0);
}
