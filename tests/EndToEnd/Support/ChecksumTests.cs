using System.IO.Hashing;

namespace Archiver.EndToEnd.Support;

public class ChecksumTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 7)]
    [InlineData(7, 0)]
    [InlineData(1, 1)]
    [InlineData(1000, 65_537)]
    [InlineData(1_000_003, 12)]
    public void The_checksum_of_two_pieces_follows_from_those_of_each(int lengthOfA, int lengthOfB)
    {
        var data = Some.Bytes(lengthOfA + lengthOfB);
        var combined = Checksum.Combine(
            Crc32.HashToUInt32(data.AsSpan(0, lengthOfA)), Crc32.HashToUInt32(data.AsSpan(lengthOfA)), lengthOfB);

        Assert.Equal(Crc32.HashToUInt32(data), combined);
    }

    [Fact]
    public void It_is_written_as_S3_writes_it()
    {
        // "123456789" is the customary check of CRC-32: CBF43926.
        Assert.Equal("y/Q5Jg==", Checksum.Encode(Crc32.HashToUInt32("123456789"u8)));
        Assert.Equal(0xCBF43926, Checksum.Decode("y/Q5Jg=="));
        Assert.Null(Checksum.Decode("not a checksum"));
    }
}
