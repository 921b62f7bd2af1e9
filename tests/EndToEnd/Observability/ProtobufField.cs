using System.Buffers.Binary;
using System.Text;

namespace Archiver.EndToEnd.Observability;

/// <summary>A field of a protocol buffer, read without its schema: https://protobuf.dev/programming-guides/encoding/</summary>
internal readonly record struct ProtobufField(int Number, ReadOnlyMemory<byte> Bytes, ulong Value)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;

    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    public string Hex => Convert.ToHexStringLower(Bytes.Span);

    /// <summary>The fields at a path of numbers.</summary>
    public static IEnumerable<ProtobufField> In(ReadOnlyMemory<byte> message, params int[] path)
    {
        var found = Read(message).Where(field => field.Number == path[0]);
        return path.Length == 1 ? found : found.SelectMany(field => In(field.Bytes, path[1..]));
    }

    private static List<ProtobufField> Read(ReadOnlyMemory<byte> message)
    {
        var fields = new List<ProtobufField>();
        for (var rest = message; !rest.IsEmpty;)
        {
            var tag = ReadVarint(ref rest);
            var number = (int)(tag >> 3);
            switch ((int)(tag & 7))
            {
                case Varint:
                    fields.Add(new ProtobufField(number, default, ReadVarint(ref rest)));
                    break;
                case LengthDelimited:
                    var length = (int)ReadVarint(ref rest);
                    fields.Add(new ProtobufField(number, rest[..length], 0));
                    rest = rest[length..];
                    break;
                case Fixed64:
                    fields.Add(new ProtobufField(number, rest[..8], BinaryPrimitives.ReadUInt64LittleEndian(rest.Span)));
                    rest = rest[8..];
                    break;
                case Fixed32:
                    fields.Add(new ProtobufField(number, rest[..4], BinaryPrimitives.ReadUInt32LittleEndian(rest.Span)));
                    rest = rest[4..];
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7} is not read here.");
            }
        }
        return fields;
    }

    private static ulong ReadVarint(ref ReadOnlyMemory<byte> rest)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = rest.Span[0];
            rest = rest[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
