using System.Globalization;
using System.Net;

namespace Archiver.Programs.Settings;

/// <summary>The form of a setting's values: says in words what it expects, and parses text into a value.</summary>
public abstract record SettingForm(string Expects)
{
    public static SettingForm<string> Text { get; } = new("any text", static text => text);

    /// <summary>An AWS key or token, which is sent in headers.</summary>
    public static SettingForm<string> Credential { get; } = new("printable ASCII characters without spaces",
        static text => text.All(static c => c is > ' ' and <= '~') ? text : null);

    public static SettingForm<IReadOnlyList<string>> Texts { get; } =
        new("a list separated by commas",
            static text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    public static SettingForm<StoreLocation> Location { get; } =
        new("a bucket name, s3://bucket/prefix, file: URI, or a path that begins with /, ./ or ../", StoreLocation.TryParse);

    public static SettingForm<IReadOnlyList<StoreLocation>> Locations { get; } = new("locations separated by commas, or *", ReadLocations);

    public static SettingForm<string> Url { get; } = new("an http or https URL",
        static text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? text : null);

    /// <summary>An IP address of this machine.</summary>
    public static SettingForm<IPAddress> Address { get; } = new("an IP address, or * for all addresses of this machine", ReadAddress);

    public static SettingForm<bool?> Boolean { get; } = new("1 or 0, true or false", static text => text.ToUpperInvariant() switch
    {
        "1" or "TRUE" or "YES" or "ON" => true,
        "0" or "FALSE" or "NO" or "OFF" => false,
        _ => null,
    });

    public static SettingForm<TimeSpan?> Duration { get; } =
        new("a duration such as 250ms, 30s, 5m, 2h (a bare number is seconds)", ReadDuration);

    /// <summary>A number of bytes with a lower bound.</summary>
    public static SettingForm<long?> SizeFrom(long least) => new(
        $"a size such as 64MiB, 1GiB (a bare number is bytes), at least {least} bytes",
        text => ReadSize(text) is { } size && size >= least ? size : null);

    /// <summary>A number of bytes with a lower bound, or the word <c>none</c>.</summary>
    public static SettingForm<SizeLimit?> SizeFromOrNone(long least) => new($"{SizeFrom(least).Expects}, or none",
        text => text.Equals("none", StringComparison.OrdinalIgnoreCase) ? new SizeLimit(null)
            : SizeFrom(least).Read(text) is { } size ? new SizeLimit(size)
            : null);

    public static SettingForm<string> NamePart { get; } = new("letters, digits and the characters - _ . only",
        static text => text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? text : null);

    public static SettingForm<int?> WholeNumber(int least, int most) => new($"a whole number from {least} to {most}",
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most ? number : null);

    public static SettingForm<TimeSpan?> DurationBetween(TimeSpan least, TimeSpan most) =>
        new($"a duration from {least.TotalSeconds}s to {most.TotalSeconds}s (a bare number is seconds)",
            text => ReadDuration(text) is { } value && value >= least && value <= most ? value : null);

    /// <summary>A value of an enumeration, by its name in any case.</summary>
    public static SettingForm<T?> OneOf<T>() where T : struct, Enum
    {
        var words = OneOf(Enum.GetNames<T>().Select(static name => name.ToLowerInvariant()).ToArray());
        return new(words.Expects, text => words.Read(text) is { } word ? Enum.Parse<T>(word, ignoreCase: true) : null);
    }

    public static SettingForm<string> OneOf(params string[] words) => new($"one of {string.Join(", ", words)}",
        text => words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)));

    public abstract bool Accepts(string text);

    private static IReadOnlyList<StoreLocation>? ReadLocations(string text)
    {
        var locations = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(static part => part == "*" ? StoreLocation.EveryBucket : StoreLocation.TryParse(part))
            .ToList();
        return locations.Contains(null) ? null : [.. locations.OfType<StoreLocation>()];
    }

    // No shorthand: "1" would be read as 0.0.0.1.
    private static IPAddress? ReadAddress(string text) =>
        text == "*" ? IPAddress.IPv6Any
        : IPAddress.TryParse(text, out var address)
            && (text.Contains(':', StringComparison.Ordinal) || address.ToString() == text) ? address
        : null;

    private static TimeSpan? ReadDuration(string text)
    {
        var seconds = ReadWithUnit(text, static unit => unit switch
        {
            "" or "s" => 1,
            "ms" => 1e-3,
            "m" => 60,
            "h" => 3600,
            _ => null,
        });
        return seconds <= TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds.Value) : null;
    }

    private static long? ReadSize(string text)
    {
        var bytes = ReadWithUnit(text, static unit => unit switch
        {
            "" or "b" => 1,
            "k" or "kib" => 1L << 10,
            "m" or "mib" => 1L << 20,
            "g" or "gib" => 1L << 30,
            "kb" => 1e3,
            "mb" => 1e6,
            "gb" => 1e9,
            _ => null,
        });
        return bytes <= long.MaxValue / 2 ? (long)bytes.Value : null;
    }

    private static double? ReadWithUnit(string text, Func<string, double?> factorOf)
    {
        var digits = text.TakeWhile(static c => char.IsAsciiDigit(c) || c == '.').Count();
        return double.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number * factorOf(text[digits..].Trim().ToLowerInvariant())
            : null;
    }
}

/// <summary>A form whose values have the type <typeparamref name="T"/>.</summary>
/// <param name="Expects">What a value looks like, in words.</param>
/// <param name="Read">Parses text; null if it does not have this form.</param>
public sealed record SettingForm<T>(string Expects, Func<string, T?> Read) : SettingForm(Expects)
{
    /// <inheritdoc />
    public override bool Accepts(string text) => Read(text) is not null;
}
