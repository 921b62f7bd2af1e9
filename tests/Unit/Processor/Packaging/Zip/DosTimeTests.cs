using System.Globalization;
using Archiver.Processor.Packaging.Zip;

namespace Archiver.Tests.Processor.Packaging.Zip;

public sealed class DosTimeTests
{
    [Theory]
    [InlineData("1980-01-01T00:00:00Z", 1980, 1, 1, 0, 0, 0)]
    [InlineData("1980-01-01T00:00:01Z", 1980, 1, 1, 0, 0, 0)]
    [InlineData("2024-02-29T23:59:59Z", 2024, 2, 29, 23, 59, 58)]
    [InlineData("2024-05-30T14:29:22Z", 2024, 5, 30, 14, 29, 22)]
    [InlineData("2024-05-30T14:29:22+02:00", 2024, 5, 30, 12, 29, 22)]
    [InlineData("2038-01-19T03:14:08Z", 2038, 1, 19, 3, 14, 8)]
    [InlineData("2107-12-31T23:59:58Z", 2107, 12, 31, 23, 59, 58)]
    public void A_time_is_told_in_utc_to_two_seconds(string time, int year, int month, int day, int hour, int minute, int second) =>
        Assert.Equal(Fields(year, month, day, hour, minute, second), Read(time));

    [Theory]
    [InlineData("1979-12-31T23:59:59Z")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    public void A_time_before_1980_becomes_its_beginning(string time) => Assert.Equal(Fields(1980, 1, 1, 0, 0, 0), Read(time));

    [Theory]
    [InlineData("2107-12-31T23:59:59Z")]
    [InlineData("2108-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void A_time_after_2107_becomes_its_end(string time) => Assert.Equal(Fields(2107, 12, 31, 23, 59, 58), Read(time));

    private static uint Read(string time) => DosTime.From(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUnixTimeSeconds());

    // APPNOTE 4.4.6 leaves it to the MS-DOS directory entry: 7 bits of years from 1980, 4 of month, 5 of day; 5 of hour, 6 of minute, 5 of half seconds.
    private static uint Fields(int year, int month, int day, int hour, int minute, int second) =>
        (uint)((((((((((year - 1980) * 16) + month) * 32) + day) * 32L) + hour) * 64) + minute) * 32) + (uint)(second / 2);
}
