using Archiver.Programs.Settings;

namespace Archiver.Processor.Planning;

/// <summary>Decides whether to compress an entry before its content is read.</summary>
public static class CompressionPolicy
{
    // Formats that are already compressed.
    private static readonly HashSet<string> CompressedExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        "7z", "aac", "apk", "avi", "avif", "br", "bz2", "cab", "deb", "dmg", "docx", "epub", "flac", "flv", "gif", "gz", "heic", "heif",
        "jar", "jp2", "jpeg", "jpg", "jxl", "lz4", "lzma", "m4a", "m4v", "mkv", "mov", "mp3", "mp4", "mpeg", "mpg", "odp", "ods", "odt",
        "ogg", "opus", "parquet", "pdf", "png", "pptx", "rar", "rpm", "tgz", "webm", "webp", "whl", "wma", "wmv", "woff", "woff2", "xlsx",
        "xz", "zip", "zst",
    };

    // Formats that compress well, so the content type does not matter.
    private static readonly HashSet<string> PlainExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        "bmp", "c", "cfg", "conf", "cpp", "cs", "css", "csv", "dat", "go", "h", "htm", "html", "ini", "java", "js", "json", "jsonl", "log",
        "md", "ndjson", "py", "rs", "rtf", "sql", "svg", "tar", "tex", "tif", "tiff", "tsv", "txt", "wav", "xml", "yaml", "yml",
    };

    private static readonly string[] CompressedTypes =
    [
        "image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/heic", "image/jp2",
        "audio/mpeg", "audio/mp4", "audio/ogg", "audio/flac", "audio/aac", "video/",
        "application/zip", "application/gzip", "application/x-gzip", "application/x-7z", "application/x-bzip", "application/x-xz",
        "application/zstd", "application/pdf", "application/vnd.openxmlformats", "application/vnd.oasis", "application/epub",
        "application/java-archive", "font/woff",
    ];

    /// <summary>Whether an entry's extension decides; if not, its content type is needed too.</summary>
    public static bool IsDecidedByName(string name) =>
        ExtensionOf(name) is { } extension && (CompressedExtensions.Contains(extension) || PlainExtensions.Contains(extension));

    /// <summary>Whether an entry is to be compressed.</summary>
    /// <param name="compression">The setting.</param>
    /// <param name="name">The entry's name.</param>
    /// <param name="size">Its size; empty entries are never compressed.</param>
    /// <param name="contentType">Its content type; null if it has none.</param>
    public static bool IsCompressed(Compression compression, string name, long size, string? contentType) => (compression, size) switch
    {
        (Compression.Store, _) or (_, 0) => false,
        (Compression.Deflate, _) => true,
        _ when ExtensionOf(name) is { } extension && CompressedExtensions.Contains(extension) => false,
        _ when IsDecidedByName(name) => true,
        _ => contentType is null || !CompressedTypes.Any(type => contentType.StartsWith(type, StringComparison.OrdinalIgnoreCase)),
    };

    private static string? ExtensionOf(string name) => Path.GetExtension(name) is { Length: > 1 } extension ? extension[1..] : null;
}
