using System.Runtime.InteropServices;

namespace Archiver.Queues.Sqlite;

/// <summary>
/// Text as SQLite keeps it: as text, which its own tools show; but text that UTF-8 cannot carry whole (half a surrogate pair), or
/// that SQLite's tools would cut (a NUL), as a blob of UTF-16.
/// </summary>
internal static class StoredText
{
    public static object Write(string text) =>
        text.Contains('\0', StringComparison.Ordinal) || MessageText.IndexOfLoneSurrogate(text) >= 0
            ? MemoryMarshal.AsBytes(text.AsSpan()).ToArray()
            : text;

    public static string Read(object stored) => stored is byte[] utf16 ? new string(MemoryMarshal.Cast<byte, char>(utf16)) : (string)stored;
}
