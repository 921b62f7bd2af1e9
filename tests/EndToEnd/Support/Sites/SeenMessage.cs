using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Archiver.EndToEnd.Support.Sites;

/// <summary>A message as a test received it.</summary>
public sealed record SeenMessage(string Id, string Body, IReadOnlyDictionary<string, string> Attributes, int ReceiveCount)
{
    /// <summary>The body of a dead letter as its sender wrote it.</summary>
    public string OriginalBody
    {
        get
        {
            if (!Attributes.TryGetValue("Archiver-Body", out var form))
                return Body;
            Assert.Equal("gzip+base64", form);
            using var reader = new StreamReader(new GZipStream(new MemoryStream(Convert.FromBase64String(Body)), CompressionMode.Decompress), Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }

    public JsonNode Json => JsonNode.Parse(Body)!;

    public bool Success => Json["success"]!.GetValue<bool>();

    public string AipId => Json["aipid"]!.GetValue<string>();

    public string? Reason => Attributes.GetValueOrDefault("Archiver-Reason");

    /// <summary>Where ten attributes leave room for one more only, the reason begins with name and number.</summary>
    public string? ExitCode => Attributes.GetValueOrDefault("Archiver-Exit-Code") ?? (Reason?.Split('(', ')') is [_, var number, ..] ? number : null);

    /// <summary>The id of the request that a dead letter or a completion is of; a reason that stands alone names it.</summary>
    public string? RequestId => Attributes.GetValueOrDefault("Archiver-Message-Id")
        ?? (Reason is null ? Text("request_id") : Reason.Split("(message ") is [_, var rest, ..] ? rest.Split(')')[0] : null);

    /// <summary>A property by its path, <c>archive.uri</c>; null when it is not there.</summary>
    public string? Text(string path) =>
        path.Split('.').Aggregate((JsonNode?)Json, static (node, name) => node?[name]) is { } found
            ? found.GetValueKind() == JsonValueKind.String ? found.GetValue<string>() : found.ToJsonString()
            : null;
}
