using System.Buffers.Binary;
using Amazon.S3;

namespace Archiver.Processor.Stores.S3;

/// <summary>CRC-32s as S3 writes them: four big-endian bytes in base64.</summary>
internal static class S3Checksums
{
    private const int Length = 8;

    public static string Encode(uint crc)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, crc);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>
    /// Null if there is none. A multipart object may have a checksum of its parts' checksums instead, with a suffix for their number, which
    /// says nothing about the content as a whole.
    /// </summary>
    public static uint? Decode(string? text)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        return text?.Length == Length && Convert.TryFromBase64String(text, bytes, out var written) && written == sizeof(uint)
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : null;
    }

    /// <summary>The CRC-32 of an object's whole content.</summary>
    public static uint? OfWhole(string? text, ChecksumType? type) => type == ChecksumType.COMPOSITE ? null : Decode(text);
}
