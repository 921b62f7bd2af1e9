using System.Buffers.Binary;

namespace Archiver.EndToEnd.Support;

/// <summary>CRC-32 as S3 writes it, and that of two pieces from those of each.</summary>
public static class Checksum
{
    /// <summary>The polynomial of zip, bits reversed.</summary>
    private const uint Polynomial = 0xEDB88320;

    private const uint One = 1u << 31;

    /// <summary>Base64 of the four bytes, the highest first.</summary>
    public static string Encode(uint crc)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, crc);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Null if the text is no CRC-32.</summary>
    public static uint? Decode(string text)
    {
        Span<byte> bytes = stackalloc byte[4];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : null;
    }

    /// <summary>
    /// The CRC of A followed by B. Appending a zero byte to A multiplies its remainder by x^8, so A's has to be
    /// multiplied by x^8 once for each byte of B, modulo the polynomial.
    /// </summary>
    public static uint Combine(uint crcOfA, uint crcOfB, long lengthOfB)
    {
        var factor = One;
        var power = One >> 8;
        for (var n = lengthOfB; n > 0; n >>= 1)
        {
            if ((n & 1) != 0)
                factor = Multiply(factor, power);
            power = Multiply(power, power);
        }

        return Multiply(factor, crcOfA) ^ crcOfB;
    }

    private static uint Multiply(uint a, uint b)
    {
        uint product = 0;
        for (var bit = One; bit != 0; bit >>= 1)
        {
            if ((a & bit) != 0)
                product ^= b;
            b = (b & 1) != 0 ? (b >> 1) ^ Polynomial : b >> 1;
        }

        return product;
    }
}
