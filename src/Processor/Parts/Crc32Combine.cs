namespace Archiver.Processor.Parts;

/// <summary>
/// Computes the CRC-32 of two joined ranges from the CRC-32 of each, without their bytes. A CRC is a remainder modulo the polynomial P
/// over GF(2); appending n bytes multiplies the first remainder by x^(8n) mod P, and the second is then added.
/// </summary>
public static class Crc32Combine
{
    // P of ISO 3309, as reflected bits: the highest bit stands for x^0.
    private const uint Polynomial = 0xEDB88320;
    private const uint One = 1u << 31;

    // SquarePowers[k] = x^(2^k) mod P.
    private static readonly uint[] SquarePowers = MakeSquarePowers();

    /// <summary>The CRC-32 of a first range and a second range of the given length, one after the other.</summary>
    /// <param name="first">CRC-32 of the first range.</param>
    /// <param name="second">CRC-32 of the second range.</param>
    /// <param name="secondLength">Bytes in the second range.</param>
    public static uint Combine(uint first, uint second, long secondLength) => Multiply(PowerOfX(secondLength), first) ^ second;

    // x^(8 * bytes) mod P, by the bits of the exponent.
    private static uint PowerOfX(long bytes)
    {
        var result = One;
        for (var k = 3; bytes != 0; bytes >>= 1, k++)
            if ((bytes & 1) != 0)
                result = Multiply(SquarePowers[k & 31], result); // x has order 2^32 - 1, so that x^(2^32) is x again
        return result;
    }

    private static uint Multiply(uint a, uint b)
    {
        var product = 0u;
        for (var bit = One; bit != 0; bit >>= 1)
        {
            if ((a & bit) != 0)
                product ^= b;
            b = (b & 1) != 0 ? (b >> 1) ^ Polynomial : b >> 1;
        }
        return product;
    }

    private static uint[] MakeSquarePowers()
    {
        var powers = new uint[32];
        powers[0] = One >> 1;
        for (var k = 1; k < powers.Length; k++)
            powers[k] = Multiply(powers[k - 1], powers[k - 1]);
        return powers;
    }
}
