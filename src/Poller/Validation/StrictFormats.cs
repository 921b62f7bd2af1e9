using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Archiver.Contract.Messages;
using Json.Schema;

namespace Archiver.Poller.Validation;

/// <summary>The formats that the library sees in another way than the senders of requests.</summary>
internal static partial class StrictFormats
{
    private const int LongestHostName = 253;

    /// <summary>Formats of messages: these, else the library's.</summary>
    public static FormatRegistry ForMessages()
    {
        var formats = new FormatRegistry();
        // RFC 3339, but as the senders of requests write it: without an offset it is UTC.
        formats.Register(Text("date-time", static text => DateTimeText().IsMatch(text) && RequestReader.ParseTimestamp(text) is not null));
        // The library refuses what is encoded for other scripts: xn--...
        formats.Register(Text("hostname", static text => text.Length <= LongestHostName && HostName().IsMatch(text)));
        // The library lets blanks and punctuation through.
        formats.Register(new PredicateFormat("idn-hostname", static value =>
            Formats.IdnHostname.Validate(value, out _)
            && (value.ValueKind != JsonValueKind.String || value.GetString()!.All(static letter => !char.IsAscii(letter) || IsOfHostName(letter)))));
        // Without the brackets that an address has in a URI.
        formats.Register(Text("ipv6", static text =>
            Uri.CheckHostName(text) == UriHostNameType.IPv6 && !text.AsSpan().ContainsAny('[', '%', '/')));
        // Of OpenAPI and .NET.
        formats.Register(Text("guid", static text => Guid.TryParse(text, out _)));
        formats.Register(Text("byte", static text => Base64.IsValid(text)));
        formats.Register(Text("base64", static text => Base64.IsValid(text)));
        formats.Register(Text("time-span", static text => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _)));
        formats.Register(Text("uri", static text => UriText().IsMatch(text)));
        return formats;
    }

    /// <summary>Formats of schemas: patterns are what they are matched as, and what a reference leads to is looked up anyway.</summary>
    public static FormatRegistry ForSchemas()
    {
        var formats = new FormatRegistry();
        formats.Register(Text("regex", PatternMatcher.IsPattern));
        formats.Register(new Format("uri"));
        formats.Register(new Format("uri-reference"));
        return formats;
    }

    // RFC 1123 and 1035: labels of 63 characters at most.
    [GeneratedRegex(@"^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z")]
    private static partial Regex HostName();

    private static bool IsOfHostName(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.';

    private static PredicateFormat Text(string name, Func<string, bool> holds) =>
        new(name, value => value.ValueKind != JsonValueKind.String || holds(value.GetString()!));

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)?\z", RegexOptions.ECMAScript)]
    private static partial Regex DateTimeText();

    // RFC 3986: a scheme, and no characters that a URI cannot have.
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:[^\s\\<>""{}|^`]+\z")]
    private static partial Regex UriText();
}
