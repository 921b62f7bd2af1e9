using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Archiver.Tests.Support;

namespace Archiver.Tests.Documentation;

/// <summary>The permissions on the page about AWS are those of the deployment files, which were tried out.</summary>
public sealed partial class PolicyTests
{
    [Fact]
    public void The_policy_allows_what_poller_and_processor_need_and_nothing_else()
    {
        var policy = Policies().Matches(Page.Of("docs/aws.md").Text).Single(static match => match.Groups[1].Value == "archiver-policy.json").Groups[2].Value
            .Replace("$AWS_REGION", "eu-central-1", StringComparison.Ordinal).Replace("$account", "123456789012", StringComparison.Ordinal)
            .Replace("$sources", "my-sources", StringComparison.Ordinal).Replace("$downloads", "my-downloads", StringComparison.Ordinal);

        // With one role for both nobody assumes another.
        var deployed = Allowed("poller").Concat(Allowed("processor")).Where(static action => !action.StartsWith("sts:", StringComparison.Ordinal));
        Assert.Equal(deployed.Order(StringComparer.Ordinal), Allowed(JsonNode.Parse(policy)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_document_on_the_page_is_json() =>
        Assert.All(Policies().Matches(Page.Of("docs/aws.md").Text), static match => Assert.NotNull(JsonNode.Parse(match.Groups[2].Value)));

    private static IEnumerable<string> Allowed(string role) => Allowed(JsonNode.Parse(Repository.Read($"deploy/kubernetes/iam/{role}-policy.json"))!);

    private static IEnumerable<string> Allowed(JsonNode policy) =>
        from statement in policy["Statement"]!.AsArray()
        from action in Several(statement["Action"]!)
        from resource in Several(statement["Resource"]!)
        select $"{action} on {resource}";

    private static IEnumerable<string> Several(JsonNode value) => value is JsonArray list ? list.Select(static element => element!.GetValue<string>()) : [value.GetValue<string>()];

    [GeneratedRegex(@"^ *cat >(\S+) <<END\n(.*?)^END$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Policies();
}
