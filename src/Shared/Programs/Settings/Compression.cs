namespace Archiver.Programs.Settings;

/// <summary>Which entries of an archive are compressed.</summary>
public enum Compression
{
    /// <summary>None.</summary>
    Store,

    /// <summary>All.</summary>
    Deflate,

    /// <summary>Those that are likely to get smaller, judged by extension and content type.</summary>
    Auto,
}
