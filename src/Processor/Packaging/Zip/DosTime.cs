namespace Archiver.Processor.Packaging.Zip;

/// <summary>MS-DOS date and time (APPNOTE 4.4.6), from 1980 to 2107 in two-second steps; here in UTC.</summary>
internal static class DosTime
{
    private static readonly DateTimeOffset First = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Last = new(2107, 12, 31, 23, 59, 58, TimeSpan.Zero);

    /// <summary>The time in the low 16 bits and the date in the high ones; times out of range become the nearest in range.</summary>
    public static uint From(long unixSeconds)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(unixSeconds, First.ToUnixTimeSeconds(), Last.ToUnixTimeSeconds()));
        var date = ((time.Year - 1980) << 9) | (time.Month << 5) | time.Day;
        return ((uint)date << 16) | (uint)((time.Hour << 11) | (time.Minute << 5) | (time.Second / 2));
    }
}
