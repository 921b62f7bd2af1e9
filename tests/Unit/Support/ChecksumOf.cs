using System.IO.Hashing;
using Archiver.Processor.Parts;

namespace Archiver.Tests.Support;

public static class ChecksumOf
{
    private static readonly uint OneZero = Crc32.HashToUInt32(new byte[1]);

    /// <summary>The CRC-32 of zeros, without looking at them.</summary>
    public static uint Zeros(long count)
    {
        var (whole, power, length) = (0u, OneZero, 1L);
        for (; count > 0; count >>= 1, power = Crc32Combine.Combine(power, power, length), length *= 2)
            if ((count & 1) != 0)
                whole = Crc32Combine.Combine(whole, power, length);
        return whole;
    }
}
