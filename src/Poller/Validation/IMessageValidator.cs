using System.Text.Json;

namespace Archiver.Poller.Validation;

/// <summary>Holds messages against a JSON Schema.</summary>
internal interface IMessageValidator
{
    /// <summary>What is wrong with a message, in one line; null when nothing is.</summary>
    string? FindProblem(JsonElement body);
}
