using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Archiver.Contract.Messages;
using Newtonsoft.Json.Linq;
using NJsonSchema.Validation;
using NJsonSchema.Validation.FormatValidators;

namespace Archiver.Poller.Validation;

/// <summary>Formats that the validator's own checks let too much through: a 32nd of May as date-time, <c>/a</c> as URI.</summary>
internal static partial class StrictFormats
{
    private static readonly IReadOnlyList<IFormatValidator> Own =
    [
        // RFC 3339, but as the senders of requests write it: without an offset it is UTC.
        new Format("date-time", ValidationErrorKind.DateTimeExpected, static text => DateTime().IsMatch(text) && RequestReader.ParseTimestamp(text) is not null),
        new Format("uri", ValidationErrorKind.UriExpected, static text => Uri().IsMatch(text)),
        new Format("uuid", ValidationErrorKind.UuidExpected, static text => System.Guid.TryParseExact(text, "D", out _)),
        new Format("ipv6", ValidationErrorKind.IpV6Expected,
            static text => IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 && text[0] != '['),
    ];

    /// <summary>Settings with these in place of the validator's.</summary>
    public static JsonSchemaValidatorSettings Settings()
    {
        var settings = new JsonSchemaValidatorSettings();
        settings.FormatValidators = [.. settings.FormatValidators.Where(static given => Own.All(own => own.Format != given.Format)), .. Own];
        return settings;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)?\z", RegexOptions.ECMAScript)]
    private static partial Regex DateTime();

    // RFC 3986: a scheme, and none of the characters that a URI never has.
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:[^\s\\<>""{}|^`]+\z")]
    private static partial Regex Uri();

    private sealed record Format(string Name, ValidationErrorKind Kind, Func<string, bool> Holds) : IFormatValidator
    {
        string IFormatValidator.Format => Name;

        ValidationErrorKind IFormatValidator.ValidationErrorKind => Kind;

        bool IFormatValidator.IsValid(string value, JTokenType tokenType) => tokenType != JTokenType.String || Holds(value);
    }
}
