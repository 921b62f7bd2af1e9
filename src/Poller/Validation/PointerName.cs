namespace Archiver.Poller.Validation;

/// <summary>A name as it is written in a JSON Pointer: RFC 6901, section 3.</summary>
internal static class PointerName
{
    public static bool IsPlain(string name) => !name.AsSpan().ContainsAny('~', '/');

    public static string Encode(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public static string Decode(string name) => name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
