using System.IO.Compression;
using System.IO.Hashing;

namespace Archiver.EndToEnd.Support;

/// <summary>Looks into archives by the framework's own reader.</summary>
public static class ZipContent
{
    /// <summary>Names and contents, in the archive's order.</summary>
    public static IReadOnlyList<(string Name, byte[] Content)> Read(byte[] archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        return [.. zip.Entries.Select(entry => (entry.FullName, ReadEntry(entry)))];
    }

    public static string Crc32Of(byte[] bytes) => $"{Crc32.HashToUInt32(bytes):x8}";

    private static byte[] ReadEntry(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}
