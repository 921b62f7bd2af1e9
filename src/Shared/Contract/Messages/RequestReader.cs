using System.Globalization;
using System.Text;
using System.Text.Json;
using Archiver.Contract.Boundary;

namespace Archiver.Contract.Messages;

/// <summary>Parses a request and checks the rules that every request must meet, even if it was validated before.</summary>
internal static class RequestReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Parses a payload.</summary>
    /// <param name="payload">UTF-8 text, with or without a byte order mark.</param>
    /// <param name="aipId">An identifier given alongside the payload, used if the payload has none.</param>
    /// <exception cref="ArchiverException">Exit code 65: the payload is not a valid request; the message names the property.</exception>
    public static ArchiveRequest Parse(ReadOnlyMemory<byte> payload, string? aipId = null)
    {
        var request = Deserialize(SkipByteOrderMark(payload));
        Check(request, request.AipId ?? aipId);
        return request;
    }

    /// <summary>Parses a payload.</summary>
    /// <exception cref="ArchiverException">Exit code 65: the payload is not a valid request; the message names the property.</exception>
    public static ArchiveRequest Parse(string payload)
    {
        try
        {
            return Parse(StrictUtf8.GetBytes(payload));
        }
        catch (EncoderFallbackException)
        {
            throw Invalid("the text is not valid Unicode");
        }
    }

    /// <summary>Reads a payload that is already parsed. Lines and bytes in errors count from the start of the object.</summary>
    /// <exception cref="ArchiverException">Exit code 65: the payload is not a valid request; the message names the property.</exception>
    public static ArchiveRequest Parse(JsonElement payload)
    {
        try
        {
            var request = payload.Deserialize(ContractJson.Strict.ArchiveRequest)
                ?? throw Invalid("it is null; send one JSON object");
            Check(request, request.AipId);
            return request;
        }
        catch (JsonException error)
        {
            throw Invalid(JsonProblem.Describe(error), error);
        }
    }

    /// <summary>The request's time.</summary>
    /// <returns>UTC if the text has no offset; null if it is not an ISO 8601 date and time.</returns>
    public static DateTimeOffset? ParseTimestamp(string? text) =>
        // The parser accepts other formats too, some of which mean different days in different countries.
        text is [_, _, _, _, '-', _, _, '-', _, _, ..] && char.IsAsciiDigit(text[0])
        && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    private static ReadOnlyMemory<byte> SkipByteOrderMark(ReadOnlyMemory<byte> payload) =>
        payload.Span.StartsWith(Encoding.UTF8.Preamble) ? payload[Encoding.UTF8.Preamble.Length..] : payload;

    private static ArchiveRequest Deserialize(ReadOnlyMemory<byte> payload)
    {
        if (payload.Span.Trim(" \t\r\n"u8).IsEmpty)
            throw Invalid("it is empty; send one JSON object");
        try
        {
            return JsonSerializer.Deserialize(payload.Span, ContractJson.Strict.ArchiveRequest)
                ?? throw Invalid("it is null; send one JSON object");
        }
        catch (JsonException error)
        {
            throw Invalid(JsonProblem.Describe(error), error);
        }
    }

    private static void Check(ArchiveRequest request, string? aipId)
    {
        if (request.Action is not (null or ArchiveRequest.ArchiveAction))
            throw Invalid($"action \"{request.Action}\" is unknown; the only action is \"{ArchiveRequest.ArchiveAction}\"");
        if (request.AipId is not null && !AipId.IsValid(request.AipId))
            throw Invalid($"aipid \"{request.AipId}\" is not allowed: {AipId.Rule}");
        if (request.Priority is not null && !RequestPriority.All.Contains(request.Priority))
            throw Invalid($"priority \"{request.Priority}\" is unknown; use {string.Join(", ", RequestPriority.All)}");
        if (request.Timestamp is not null && ParseTimestamp(request.Timestamp) is null)
            throw Invalid($"timestamp \"{request.Timestamp}\" is not an ISO 8601 date and time");
        if (request.Metadata is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) })
            throw Invalid("metadata must be an object");
        CheckFiles(request, aipId);
    }

    private static void CheckFiles(ArchiveRequest request, string? aipId)
    {
        var ways = new[]
        {
            request.Files is null ? null : "files",
            request.FileNames is null ? null : "filenames",
            request.FilesFrom is null ? null : "filesFrom",
        };
        var named = ways.OfType<string>().ToList();
        if (named.Count > 1)
            throw Invalid($"it has {string.Join(" and ", named)}; give only one of them");
        if (aipId is null && request.Files is null && request.FilesFrom is null)
            throw Invalid("it names nothing to archive: give files, filesFrom, or an aipid");
        if (request.Files is { Count: 0 } || request.FileNames is { Count: 0 })
            throw Invalid($"{named[0]} is empty; name at least one file");
        for (var i = 0; i < (request.Files?.Count ?? 0); i++)
            if (string.IsNullOrEmpty(request.Files![i]?.Source))
                throw Invalid($"files[{i}] has no source");
        for (var i = 0; i < (request.FileNames?.Count ?? 0); i++)
            if (string.IsNullOrEmpty(request.FileNames![i]))
                throw Invalid($"filenames[{i}] is empty");
        if (request.FilesFrom is "")
            throw Invalid("filesFrom is empty");
    }

    private static ArchiverException Invalid(string reason, Exception? inner = null) =>
        new(ExitCode.DataError, $"The request is not valid: {reason}.", inner);
}
