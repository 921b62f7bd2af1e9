using System.Buffers.Binary;
using System.Text;

namespace Archiver.Processor.Packaging.Zip;

/// <summary>Writes little-endian fields one after another.</summary>
internal ref struct FieldWriter(Span<byte> target)
{
    private readonly Span<byte> _target = target;

    public int Written { get; private set; }

    public void Write8(byte value) => _target[Written++] = value;

    public void Write16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_target[Written..], value);
        Written += sizeof(ushort);
    }

    public void Write32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_target[Written..], value);
        Written += sizeof(uint);
    }

    public void Write64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_target[Written..], value);
        Written += sizeof(long);
    }

    public void WriteName(string name) => Written += Encoding.UTF8.GetBytes(name, _target[Written..]);
}
