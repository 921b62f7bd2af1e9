namespace Archiver.Programs.Settings;

/// <summary>What to do about two entries with the same name.</summary>
public enum DuplicateName
{
    /// <summary>Call the second <c>name (2).ext</c>.</summary>
    Rename,

    /// <summary>Reject the request.</summary>
    Fail,
}
