using System.Text.Json.Nodes;

namespace Archiver.EndToEnd.Deploy;

/// <summary>What an IAM policy allows.</summary>
internal static class PolicyDocument
{
    /// <summary>Every pair "action on resource"; of a resource that depends on a condition, every one that it may be.</summary>
    public static IReadOnlyList<string> Allowed(params IEnumerable<JsonNode> documents) =>
    [
        .. documents.SelectMany(static document => document["Statement"]!.AsArray())
            .SelectMany(static statement =>
            {
                Assert.Equal("Allow", Text(statement!["Effect"]!));
                return from action in Several(statement["Action"]!) from resource in Several(statement["Resource"]!) select $"{action} on {resource}";
            })
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The texts of one or several, with CloudFormation's functions written as in <c>Fn::Sub</c>.</summary>
    public static IEnumerable<string> Several(JsonNode value) => value switch
    {
        JsonArray list => list.SelectMany(static element => Several(element!)),
        JsonObject function when function["Fn::If"] is JsonArray branches => branches.Skip(1).SelectMany(static branch => Several(branch!)),
        _ => [Text(value)],
    };

    private static string Text(JsonNode value) => value switch
    {
        JsonObject function when function["Fn::Sub"] is { } text => text.GetValue<string>(),
        JsonObject function when function["Fn::GetAtt"] is JsonArray path => $"${{{path[0]}.{path[1]}}}",
        JsonObject function when function["Ref"] is { } name => $"${{{name}}}",
        _ => value.GetValue<string>(),
    };
}
