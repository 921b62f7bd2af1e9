namespace Archiver.Contract.Messages;

/// <summary>
/// The form of an AIP identifier: segments of letters, digits and <c>. _ : -</c>, joined by <c>/</c>; none may be empty, <c>.</c> or
/// <c>..</c>.
/// </summary>
internal static class AipId
{
    /// <summary>The longest identifier, in characters.</summary>
    public const int MaxLength = 256;

    /// <summary>The rule in words, for messages.</summary>
    public const string Rule =
        "1 to 256 characters, a letter or digit first, then letters, digits and . _ : / -, and no segment that is empty, . or ..";

    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= MaxLength }
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or ':' or '/' or '-')
        && text.Split('/').All(static segment => segment is not ("" or "." or ".."));
}
