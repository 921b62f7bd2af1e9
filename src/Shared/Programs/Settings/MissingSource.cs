namespace Archiver.Programs.Settings;

/// <summary>What to do about a source that does not exist.</summary>
public enum MissingSource
{
    /// <summary>Reject the request.</summary>
    Fail,

    /// <summary>Try again later.</summary>
    Retry,

    /// <summary>Archive the rest and list what was skipped.</summary>
    Skip,
}
