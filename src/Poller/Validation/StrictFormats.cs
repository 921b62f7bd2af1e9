using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Archiver.Contract.Messages;
using Json.Schema;

namespace Archiver.Poller.Validation;

/// <summary>The formats that the library sees in another way than the senders of requests.</summary>
internal static partial class StrictFormats
{
    /// <summary>Formats of messages: these, else the library's.</summary>
    public static FormatRegistry ForMessages()
    {
        var formats = new FormatRegistry();
        // RFC 3339, but as the senders of requests write it: without an offset it is UTC.
        formats.Register(Text("date-time", static text => DateTime().IsMatch(text) && RequestReader.ParseTimestamp(text) is not null));
        formats.Register(Text("uri", static text => Uri().IsMatch(text)));
        formats.Register(Text("ipv6", static text => IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 && text[0] != '['));
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

    private static PredicateFormat Text(string name, Func<string, bool> holds) =>
        new(name, value => value.ValueKind != JsonValueKind.String || holds(value.GetString()!));

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)?\z", RegexOptions.ECMAScript)]
    private static partial Regex DateTime();

    // RFC 3986: a scheme, and none of the characters that a URI never has.
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:[^\s\\<>""{}|^`]+\z")]
    private static partial Regex Uri();
}
