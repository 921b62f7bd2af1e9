using System.Buffers.Binary;
using System.Text;

namespace Archiver.Tests.Support;

/// <summary>Reads little-endian fields one after another, and shares no code with the program.</summary>
public ref struct FieldReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public int At => _at;

    public ushort Read16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint Read32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong Read64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public string ReadText(int length) => Encoding.UTF8.GetString(Take(length));

    /// <summary>Extra fields (APPNOTE 4.5.1): pairs of an id and its data.</summary>
    public Dictionary<ushort, byte[]> ReadExtras(int length)
    {
        var extras = new Dictionary<ushort, byte[]>();
        for (var end = _at + length; _at < end;)
        {
            var id = Read16();
            extras.Add(id, Take(Read16()).ToArray());
        }
        return extras;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        var taken = _bytes.Slice(_at, length);
        _at += length;
        return taken;
    }
}
