namespace Archiver.Programs.Settings;

/// <summary>What to do about symbolic links in source folders.</summary>
public enum SourceLinks
{
    /// <summary>Reject the request.</summary>
    Refuse,

    /// <summary>Follow links to files below the same folder.</summary>
    Inside,
}
