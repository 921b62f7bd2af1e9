namespace Archiver.Contract.Messages;

/// <summary>The values that a request's priority may have.</summary>
public static class RequestPriority
{
    /// <summary>Least urgent.</summary>
    public const string Low = "low";
    /// <summary>The default.</summary>
    public const string Medium = "medium";
    /// <summary>Most urgent.</summary>
    public const string High = "high";

    /// <summary>All of them, least urgent first.</summary>
    public static IReadOnlyList<string> All { get; } = [Low, Medium, High];
}
