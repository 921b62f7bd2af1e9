using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Contract.Text;

namespace Archiver.Cli;

/// <summary>Results for programs: one JSON value on a line of standard output.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions AsItIs = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // A message may be as deep as a reader allows (64), and stands in an object here.
        MaxDepth = 128,
    };

    public static void WriteJson(JsonNode node) => Console.Out.WriteLine(Line(node));

    public static string Line(JsonNode node) => SafeText.Escape(node.ToJsonString(AsItIs));
}
