using System.Text.Json;

namespace Archiver.Poller.Requests;

/// <summary>A body, parsed once for all who read it.</summary>
/// <param name="Text">As it was sent.</param>
/// <param name="Json">Null when it is not JSON.</param>
internal sealed record ParsedBody(string Text, JsonElement? Json)
{
    public static ParsedBody Of(string text)
    {
        try
        {
            return new ParsedBody(text, JsonElement.Parse(text is ['\ufeff', .. var rest] ? rest : text));
        }
        // The latter for half a surrogate pair, which is not text.
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return new ParsedBody(text, null);
        }
    }
}
