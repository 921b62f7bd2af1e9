using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Contract.Text;

namespace Archiver.Cli;

/// <summary>Results for programs: one JSON value on a line of standard output.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions AsItIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteJson(JsonNode node) => Console.Out.WriteLine(SafeText.Escape(node.ToJsonString(AsItIs)));
}
