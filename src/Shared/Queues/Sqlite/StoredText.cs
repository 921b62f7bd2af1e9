using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Archiver.Queues.Sqlite;

/// <summary>
/// Text as stored in SQLite: as text, which its tools can show, unless it contains NUL, where these tools would cut it off: then as a blob
/// of UTF-16.
/// </summary>
internal static class StoredText
{
    public static object Write(string text) =>
        text.Contains('\0', StringComparison.Ordinal) ? MemoryMarshal.AsBytes(text.AsSpan()).ToArray() : text;

    /// <summary>Always returns text, whatever another program has written.</summary>
    public static string Read(object? stored) => stored switch
    {
        string text => text,
        byte[] blob => Decode(blob),
        null or DBNull => "",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => stored.ToString() ?? "",
    };

    private static string Decode(byte[] blob) =>
        (blob.Length % 2 == 0 && blob.AsSpan().Contains((byte)0) ? Encoding.Unicode : Encoding.UTF8).GetString(blob);
}
