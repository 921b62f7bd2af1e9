using System.Text.Json;

namespace Archiver.Contract.Messages;

/// <summary>Describes a parser's exception to the sender of a message.</summary>
internal static class JsonProblem
{
    /// <summary>What is wrong and where, without the names of .NET types.</summary>
    public static string Describe(JsonException error)
    {
        var position = error.LineNumber is { } line ? $" (line {line + 1}, byte {error.BytePositionInLine + 1})" : "";
        var where = error.Path is null or "$" or "" ? "" : $" at {error.Path}";
        if (error.Message.Contains("maximum configured depth", StringComparison.Ordinal))
            return $"it is nested deeper than 64 levels{position}";
        if (error.Message.Contains("Duplicate", StringComparison.OrdinalIgnoreCase))
            return $"a property appears twice in one object{where}{position}";
        if (error.Message.Contains("could not be converted", StringComparison.Ordinal))
            return where.Length == 0 ? "it is not a JSON object" : $"the value{where} has the wrong type";
        return $"it is not JSON{where}{position}";
    }
}
