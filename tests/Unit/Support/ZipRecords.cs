namespace Archiver.Tests.Support;

/// <summary>A local header's fields as they stand in the archive (APPNOTE 4.3.7).</summary>
public sealed record LocalRecord(
    uint Signature, ushort Needs, ushort Flags, ushort Method, uint Time, uint Crc, uint Compressed, uint Size, string Name,
    Dictionary<ushort, byte[]> Extras, int Length)
{
    public static LocalRecord Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new FieldReader(bytes);
        var (signature, needs, flags, method) = (reader.Read32(), reader.Read16(), reader.Read16(), reader.Read16());
        var (time, crc, compressed, size) = (reader.Read32(), reader.Read32(), reader.Read32(), reader.Read32());
        var (nameLength, extraLength) = (reader.Read16(), reader.Read16());
        var (name, extras) = (reader.ReadText(nameLength), reader.ReadExtras(extraLength));
        return new(signature, needs, flags, method, time, crc, compressed, size, name, extras, reader.At);
    }
}

/// <summary>A central directory record's fields (APPNOTE 4.3.12).</summary>
public sealed record CentralRecord(
    uint Signature, ushort MadeBy, ushort Needs, ushort Flags, ushort Method, uint Time, uint Crc, uint Compressed, uint Size,
    ushort Disk, ushort InternalAttributes, uint ExternalAttributes, uint Offset, string Name, Dictionary<ushort, byte[]> Extras, int Length)
{
    public static CentralRecord Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new FieldReader(bytes);
        var (signature, madeBy, needs, flags, method) = (reader.Read32(), reader.Read16(), reader.Read16(), reader.Read16(), reader.Read16());
        var (time, crc, compressed, size) = (reader.Read32(), reader.Read32(), reader.Read32(), reader.Read32());
        var (nameLength, extraLength, commentLength) = (reader.Read16(), reader.Read16(), reader.Read16());
        var (disk, inside, outside, offset) = (reader.Read16(), reader.Read16(), reader.Read32(), reader.Read32());
        var (name, extras) = (reader.ReadText(nameLength), reader.ReadExtras(extraLength));
        Assert.Equal(0, commentLength);
        return new(signature, madeBy, needs, flags, method, time, crc, compressed, size, disk, inside, outside, offset, name, extras, reader.At);
    }
}

/// <summary>The end of central directory record (APPNOTE 4.3.16), and zip64's two records before it where they are (4.3.14, 4.3.15).</summary>
public sealed record EndRecord(ushort Entries, ushort EntriesInAll, uint Size, uint Offset, Zip64End? Zip64)
{
    public const uint Signature = 0x06054b50;

    public static EndRecord Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new FieldReader(bytes);
        var zip64 = bytes.Length == 22 ? null : Zip64End.Read(ref reader);
        Assert.Equal(Signature, reader.Read32());
        Assert.Equal((0, 0), (reader.Read16(), reader.Read16()));
        var end = new EndRecord(reader.Read16(), reader.Read16(), reader.Read32(), reader.Read32(), zip64);
        Assert.Equal(0, reader.Read16());
        Assert.Equal(bytes.Length, reader.At);
        return end;
    }
}

/// <summary>Zip64's end record, and where the locator behind it says that it stands.</summary>
public sealed record Zip64End(ulong Entries, ulong EntriesInAll, ulong Size, ulong Offset, ulong StandsAt)
{
    internal static Zip64End Read(ref FieldReader reader)
    {
        Assert.Equal(0x06064b50u, reader.Read32());
        Assert.Equal(44ul, reader.Read64());
        Assert.Equal((0x032D, 45), (reader.Read16(), reader.Read16()));
        Assert.Equal((0u, 0u), (reader.Read32(), reader.Read32()));
        var (entries, all, size, offset) = (reader.Read64(), reader.Read64(), reader.Read64(), reader.Read64());
        Assert.Equal((0x07064b50u, 0u), (reader.Read32(), reader.Read32()));
        var standsAt = reader.Read64();
        Assert.Equal(1u, reader.Read32());
        return new(entries, all, size, offset, standsAt);
    }
}
