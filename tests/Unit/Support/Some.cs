namespace Archiver.Tests.Support;

/// <summary>Data for tests: always the same, and of no account.</summary>
public static partial class Some
{
    /// <summary>Bytes that do not compress.</summary>
    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Bytes that compress well.</summary>
    public static byte[] Text(int length) => [.. Enumerable.Range(0, length).Select(static i => (byte)('a' + (i / 7 % 26)))];
}
