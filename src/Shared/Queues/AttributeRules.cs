using System.Text.RegularExpressions;

namespace Archiver.Queues;

/// <summary>
/// The rules of SQS for message attributes.
/// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
/// </summary>
internal static partial class AttributeRules
{
    private const int LongestName = 256;
    private const int MostDigits = 38;

    private static readonly string[] Reserved = ["AWS.", "Amazon."];

    /// <summary>What is wrong with an attribute.</summary>
    /// <returns>Null if SQS accepts it.</returns>
    public static string? FindProblem(string name, MessageAttribute attribute)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(attribute);
        if (name.Length == 0)
            return "an attribute has no name";
        if (name.Length > LongestName)
            return $"an attribute name has {name.Length} characters, but at most {LongestName} are allowed";
        if (!NameForm().IsMatch(name))
            return $"the attribute name \"{Printable(name)}\" is not allowed: use letters, digits, _, - and single dots between them";
        if (Reserved.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            return $"the attribute \"{name}\" has a name that is reserved for AWS";
        return FindProblem(attribute) is { } problem ? $"the attribute \"{name}\" {problem}" : null;
    }

    private static string? FindProblem(MessageAttribute attribute)
    {
        var type = attribute.DataType.Split('.', 2);
        if (type[0] is not ("String" or "Number" or "Binary") || type is [_, ""]
            || attribute.DataType.Length > LongestName || MessageText.FindProblem(attribute.DataType) is not null)
            return "must have the type String, Number or Binary";
        if (type[0] == "Binary" ? attribute.BinaryValue.IsEmpty : string.IsNullOrEmpty(attribute.StringValue))
            return "has no value";
        if (type[0] == "Binary")
            return null;
        var value = attribute.StringValue!;
        return type[0] == "Number" && (!NumberForm().IsMatch(value) || value.Count(char.IsAsciiDigit) > MostDigits)
            ? "must be a number"
            : MessageText.FindProblem(value);
    }

    private static string Printable(string text) =>
        string.Concat(text.Select(static c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex NameForm();

    [GeneratedRegex(@"\A[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?\z", RegexOptions.NonBacktracking)]
    private static partial Regex NumberForm();
}
