using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Archiver.Tests.Support;

namespace Archiver.Tests.Documentation;

/// <summary>The permissions on the page about AWS are those of the deployment files, which were enforced in a trial.</summary>
public sealed partial class PolicyTests
{
    private static readonly Dictionary<string, string> Documents = Document().Matches(string.Concat(Page.Of("docs/aws.md").Blocks("bash")))
        .ToDictionary(static match => match.Groups[1].Value, static match => match.Groups[2].Value);

    [Fact]
    public void One_policy_allows_what_poller_and_processor_need_and_nothing_else()
    {
        var policy = Documents["archiver-policy.json"]
            .Replace("$AWS_REGION", "eu-central-1", StringComparison.Ordinal).Replace("$account", "123456789012", StringComparison.Ordinal)
            .Replace("$sources", "my-sources", StringComparison.Ordinal).Replace("$downloads", "my-downloads", StringComparison.Ordinal);
        // With one role for both, nobody assumes another.
        var deployed = Allowed(Deployed("poller")).Concat(Allowed(Deployed("processor")))
            .Where(static action => !action.StartsWith("sts:", StringComparison.Ordinal));

        Assert.Equal(deployed.Order(StringComparer.Ordinal), Allowed(policy).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_document_is_json() => Assert.All(Documents.Values, static text => Assert.NotNull(JsonNode.Parse(text)));

    private static string Deployed(string role) => Repository.Read($"deploy/kubernetes/iam/{role}-policy.json");

    private static IEnumerable<string> Allowed(string policy) =>
        from statement in JsonNode.Parse(policy)!["Statement"]!.AsArray()
        from action in Several(statement["Action"]!)
        from resource in Several(statement["Resource"]!)
        select $"{action} on {resource}";

    private static IEnumerable<string> Several(JsonNode value) =>
        value is JsonArray list ? list.Select(static element => element!.GetValue<string>()) : [value.GetValue<string>()];

    [GeneratedRegex(@"^ *cat >(\S+) <<END\n(.*?)^END$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Document();
}
