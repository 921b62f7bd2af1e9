using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;

namespace Archiver.Queues.Clients;

/// <summary>A request that meets its receiver's rules, and the text to send.</summary>
internal sealed class CheckedRequest
{
    /// <exception cref="ArchiverException">Exit code 65: the request is not valid; the message names the property.</exception>
    public CheckedRequest(ArchiveRequest request)
    {
        // The JSON writer would silently replace it with U+FFFD, which would name another file.
        if (Texts(request).FirstOrDefault(static text => MessageText.IndexOfLoneSurrogate(text) >= 0) is { } broken)
            throw new ArchiverException(
                ExitCode.DataError, $"The request is not valid: \"{broken}\" contains half a character (a lone surrogate).");
        Body = Serialize(request);
        Request = RequestReader.Parse(Body);
    }

    /// <summary>The request as its receiver will read it.</summary>
    public ArchiveRequest Request { get; }

    public string Body { get; }

    /// <summary>Equal requests within five minutes count as one.</summary>
    public string DeduplicationId => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Body)));

    /// <summary>Requests for the same AIP stay in order; others do not wait for them.</summary>
    public string GroupId => ArchiveGroup.For(Request.AipId ?? DeduplicationId);

    private static IEnumerable<string?> Texts(ArchiveRequest request) =>
    [
        request.AipId, request.FilesFrom, request.Timestamp,
        .. request.FileNames ?? [],
        .. request.Files?.SelectMany(static file => new[] { file?.Source, file?.Destination }) ?? [],
        .. request.Unknown?.Keys ?? [],
    ];

    private static string Serialize(ArchiveRequest request)
    {
        try
        {
            return JsonSerializer.Serialize(request, ContractJson.Strict.ArchiveRequest);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // An extra property with the name of a known one, or a JsonElement without a value.
            throw new ArchiverException(
                ExitCode.DataError, $"The request is not valid: it cannot be written as JSON: {error.Message}", error);
        }
    }
}
