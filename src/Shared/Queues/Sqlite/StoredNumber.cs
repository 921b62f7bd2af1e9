namespace Archiver.Queues.Sqlite;

/// <summary>A number in a column where other programs may have written something else.</summary>
internal static class StoredNumber
{
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <returns>0 for anything that is not a number.</returns>
    public static long Read(object? stored) => stored switch
    {
        long number => number,
        double number => double.IsNaN(number) ? 0 : (long)Math.Clamp(number, -1e18, 1e18),
        _ => 0,
    };

    /// <summary>A time in milliseconds since 1970.</summary>
    public static DateTimeOffset ReadTime(object? stored) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(Read(stored), Earliest, Latest));
}
