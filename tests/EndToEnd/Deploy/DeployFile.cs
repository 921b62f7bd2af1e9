using System.Text.Json.Nodes;
using Archiver.EndToEnd.Support;

namespace Archiver.EndToEnd.Deploy;

/// <summary>The files in deploy/.</summary>
internal static class DeployFile
{
    public static string PathOf(string name) => Path.Combine(Repository.Root, "deploy", name);

    public static string Read(string name) => File.ReadAllText(PathOf(name));

    /// <summary>The documents of a YAML file.</summary>
    public static async Task<IReadOnlyList<JsonNode>> DocumentsAsync(string name)
    {
        var end = await Validator.RunAsync("json.mjs", PathOf(name));
        Assert.True(end.ExitCode == 0, end.Log.Text);
        return [.. JsonNode.Parse(end.Output)!.AsArray().Select(static document => document!)];
    }

    /// <summary>The only document of a YAML file.</summary>
    public static async Task<JsonNode> DocumentAsync(string name) => Assert.Single(await DocumentsAsync(name));

    /// <summary>The lines NAME=value of a file, those included that a # takes away.</summary>
    public static IReadOnlyDictionary<string, string?> Variables(string name) => Read(name).Split('\n')
        .Select(static line => line.TrimStart('#').Split('=', 2))
        .Where(static pair => pair.Length == 2 && pair[0].Length > 0 && pair[0].All(static c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        .ToDictionary(static pair => pair[0], static pair => pair[1].Length == 0 ? null : pair[1]);
}
