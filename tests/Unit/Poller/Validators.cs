using System.Text.Json;
using Archiver.Poller.Validation;

namespace Archiver.Tests.Poller;

/// <summary>Validators as tests use them: on text.</summary>
internal static class Validators
{
    public static string? FindProblem(this IMessageValidator validator, string body) => validator.FindProblem(JsonElement.Parse(body));
}
