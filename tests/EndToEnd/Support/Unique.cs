namespace Archiver.EndToEnd.Support;

/// <summary>Names that no other test, and no run before, has used.</summary>
public static class Unique
{
    /// <summary>Fit for a bucket: lower case letters, digits and hyphens, at most 63.</summary>
    public static string Name(string prefix) => $"{prefix}-{Guid.NewGuid():N}"[..Math.Min(63, prefix.Length + 17)];
}
