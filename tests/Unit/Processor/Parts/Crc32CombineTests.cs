using System.IO.Hashing;
using Archiver.Processor.Parts;
using Archiver.Tests.Support;
using FsCheck;
using FsCheck.Xunit;

namespace Archiver.Tests.Processor.Parts;

public sealed class Crc32CombineTests
{
    [Property(MaxTest = 1000)]
    public void Two_ranges_joined_have_the_checksum_of_their_bytes(byte[] first, byte[] second) =>
        Assert.Equal(
            Crc32.HashToUInt32([.. first, .. second]),
            Crc32Combine.Combine(Crc32.HashToUInt32(first), Crc32.HashToUInt32(second), second.Length));

    [Property(MaxTest = 200)]
    public void Ranges_may_be_joined_in_any_grouping(uint a, uint b, uint c, NonNegativeInt lengthB, NonNegativeInt lengthC) =>
        Assert.Equal(
            Crc32Combine.Combine(Crc32Combine.Combine(a, b, lengthB.Get), c, lengthC.Get),
            Crc32Combine.Combine(a, Crc32Combine.Combine(b, c, lengthC.Get), (long)lengthB.Get + lengthC.Get));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(65_537)]
    [InlineData(5_242_880)]
    [InlineData(16_777_217)]
    public void A_long_second_range_counts_in_full(int length)
    {
        var bytes = Some.Bytes(length + 3);

        Assert.Equal(
            Crc32.HashToUInt32(bytes),
            Crc32Combine.Combine(Crc32.HashToUInt32(bytes.AsSpan(0, 3)), Crc32.HashToUInt32(bytes.AsSpan(3)), length));
    }

    // Squaring "so many zeros more" over and over reaches lengths that nobody hashes in a test.
    [Fact]
    public void Lengths_beyond_32_bits_count_in_full()
    {
        var (crc, zeros, length) = (Crc32.HashToUInt32("archive"u8), Crc32.HashToUInt32(new byte[1 << 20]), 1L << 20);
        var stepwise = Crc32Combine.Combine(crc, zeros, length);
        for (var i = 0; i < 16; i++)
        {
            stepwise = Crc32Combine.Combine(stepwise, zeros, length);
            (zeros, length) = (Crc32Combine.Combine(zeros, zeros, length), length * 2);
        }

        Assert.Equal(1L << 36, length);
        Assert.Equal(Crc32Combine.Combine(crc, zeros, length), stepwise);
    }
}
