using System.Text.RegularExpressions;
using Archiver.Contract.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Documentation;

/// <summary>What the pages call by its name exists.</summary>
public sealed partial class NameTests
{
    private static readonly Lazy<string> Sources = new(static () => string.Join('\n', new[] { "src", "deploy", "tests", "packaging" }
        .SelectMany(static folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
        .Where(static path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/node_modules/", StringComparison.Ordinal) && !path.EndsWith(".md", StringComparison.Ordinal))
        .Select(static path => File.ReadAllText(path))));

    // Names of the .NET runtime, OpenTelemetry, OpenSSL, Linux and CloudFormation.
    private static readonly string[] OfOthers = ["DOTNET_", "OTEL_", "SSL_CERT_FILE", "RLIMIT_DATA", "CAPABILITY_IAM"];

    public static TheoryData<string> Pages { get; } = [.. Page.All.Select(static page => page.Path).Where(static path => path != "CHANGELOG.md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_setting_exists(string path) =>
        Assert.Empty(Setting().Matches(Page.Of(path).Text).Select(static match => match.Value).Distinct().Except(SettingCatalog.All.Select(static setting => setting.Name)));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_environment_variable_is_read_by_something(string path) =>
        Assert.All(
            Variable().Matches(Page.Of(path).Text).Select(static match => match.Value).Where(static name => !OfOthers.Any(name.StartsWith)),
            static name => Assert.Contains(name, Sources.Value, StringComparison.Ordinal));

    [GeneratedRegex(@"\b(Queue|Poller|Processor|Source|Destination|Archive|Log|AWS):[A-Z][A-Za-z0-9]+\b")]
    private static partial Regex Setting();

    [GeneratedRegex(@"(?<=`|[ \n(])[A-Z][A-Z0-9]*_[A-Z0-9_]+(?=[=` ,;)])")]
    private static partial Regex Variable();
}
