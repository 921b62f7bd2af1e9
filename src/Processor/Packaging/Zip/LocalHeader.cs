namespace Archiver.Processor.Packaging.Zip;

/// <summary>
/// The header before an entry's content (APPNOTE 4.3.7). It has the actual CRC-32 and sizes, so streaming readers need no data descriptor.
/// </summary>
internal static class LocalHeader
{
    public const int LongestSize = ZipFormat.LocalHeaderSize + ZipFormat.LongestName + 4 + 8 + 8 + ZipFormat.ExtendedTimestampSize;

    /// <summary>The length of the header in bytes.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="largest">The largest possible size of the content, compressed or not; decides whether zip64 is needed.</param>
    public static int SizeOf(in ZipEntry entry, long largest) =>
        ZipFormat.LocalHeaderSize + EntryFields.LengthOfNameAndExtras(entry, Zip64(largest));

    public static void Write(Span<byte> target, in ZipEntry entry, in ZipContent content, long largest)
    {
        var writer = new FieldWriter(target);
        writer.Write32(ZipFormat.LocalHeaderSignature);
        EntryFields.Write(ref writer, entry, content, Zip64(largest));
        EntryFields.WriteNameAndExtras(ref writer, entry, content, Zip64(largest));
    }

    // 4.5.3: a local header must have both sizes in the zip64 field, however small one of them is.
    private static Zip64Fields Zip64(long largest) => ZipFormat.NeedsZip64(largest) ? new(true, true, false) : default;
}
