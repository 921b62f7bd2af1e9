namespace Archiver.Processor.Packaging.Zip;

/// <summary>
/// The records at the end of an archive: the end of central directory record (APPNOTE 4.3.16), after the zip64 record and locator if those
/// are needed.
/// </summary>
internal static class EndRecords
{
    public const int LongestSize = ZipFormat.Zip64EndSize + ZipFormat.Zip64LocatorSize + ZipFormat.EndSize;

    public static int SizeOf(long entries, long directoryOffset, long directorySize) =>
        ZipFormat.EndSize + (NeedsZip64(entries, directoryOffset, directorySize) ? ZipFormat.Zip64EndSize + ZipFormat.Zip64LocatorSize : 0);

    public static void Write(Span<byte> target, long entries, long directoryOffset, long directorySize)
    {
        var writer = new FieldWriter(target);
        if (NeedsZip64(entries, directoryOffset, directorySize))
        {
            writer.Write32(ZipFormat.Zip64EndSignature);
            writer.Write64(ZipFormat.Zip64EndSize - 12);
            writer.Write16(ZipFormat.MadeByUnix45);
            writer.Write16(ZipFormat.NeedsVersion45);
            writer.Write32(0);
            writer.Write32(0);
            writer.Write64(entries);
            writer.Write64(entries);
            writer.Write64(directorySize);
            writer.Write64(directoryOffset);

            writer.Write32(ZipFormat.Zip64LocatorSignature);
            writer.Write32(0);
            writer.Write64(directoryOffset + directorySize);
            writer.Write32(1);
        }
        var count = (ushort)Math.Min(entries, ZipFormat.Marker16);
        writer.Write32(ZipFormat.EndSignature);
        writer.Write16(0);
        writer.Write16(0);
        writer.Write16(count);
        writer.Write16(count);
        writer.Write32((uint)Math.Min(directorySize, ZipFormat.Marker32));
        writer.Write32((uint)Math.Min(directoryOffset, ZipFormat.Marker32));
        writer.Write16(0);
    }

    private static bool NeedsZip64(long entries, long directoryOffset, long directorySize) =>
        entries >= ZipFormat.Marker16 || ZipFormat.NeedsZip64(directoryOffset) || ZipFormat.NeedsZip64(directorySize);
}
