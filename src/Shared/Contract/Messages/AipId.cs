namespace Archiver.Contract.Messages;

/// <summary>The form of an AIP identifier: <c>^[A-Za-z0-9][A-Za-z0-9._:/-]{0,255}$</c>, no segment <c>..</c>.</summary>
public static class AipId
{
    /// <summary>The longest identifier, in characters.</summary>
    public const int MaxLength = 256;

    /// <summary>Says in words what an identifier may be.</summary>
    public const string Rule = "1 to 256 characters, a letter or digit first, then letters, digits and . _ : / -, and no .. segment";

    /// <summary>Whether the text is an identifier.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= MaxLength }
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or ':' or '/' or '-')
        && !text.Split('/').Contains("..");
}
