using System.Text.RegularExpressions;

namespace Archiver.Queues;

/// <summary>
/// The form of a queue's name, on SQS and on this machine: letters, digits, <c>-</c> and <c>_</c>, followed by <c>.fifo</c> for FIFO
/// queues.
/// </summary>
internal static partial class QueueName
{
    private const string FifoSuffix = ".fifo";

    /// <summary>Marks the dead-letter queue of a queue on this machine; comes before <c>.fifo</c>.</summary>
    private const string DeadSuffix = "-dead";

    /// <summary>The rule in words, for messages.</summary>
    public const string Rule = "1 to 80 letters, digits, - and _, followed by .fifo for a FIFO queue";

    public static bool IsValid(string name) => Form().IsMatch(name);

    public static bool IsFifo(string name) => name.EndsWith(FifoSuffix, StringComparison.Ordinal);

    /// <summary>
    /// The dead-letter queue that is created with a queue on this machine; null if it is a dead-letter queue itself.
    /// </summary>
    public static string? DeadLetterOf(string name)
    {
        var suffix = IsFifo(name) ? FifoSuffix : "";
        var stem = name[..^suffix.Length];
        return stem.EndsWith(DeadSuffix, StringComparison.Ordinal) ? null : stem + DeadSuffix + suffix;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,80}(\.fifo)?\z")]
    private static partial Regex Form();
}
