namespace Archiver.Programs.Settings;

/// <summary>Which entries of an archive are compressed.</summary>
public enum Compression
{
    /// <summary>None.</summary>
    Store,

    /// <summary>All.</summary>
    Deflate,

    /// <summary>Those likely to shrink, judging by extension and content type.</summary>
    Auto,
}
