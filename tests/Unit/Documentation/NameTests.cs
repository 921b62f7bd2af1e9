using System.Text.RegularExpressions;
using Archiver.Programs.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Documentation;

/// <summary>Settings, variables and folders that the pages name exist.</summary>
public sealed partial class NameTests
{
    // Names of the .NET runtime, OpenTelemetry, OpenSSL, Linux and CloudFormation.
    private static readonly string[] OfOthers = ["DOTNET_", "OTEL_", "SSL_CERT_FILE", "RLIMIT_DATA", "CAPABILITY_IAM"];

    private static readonly Lazy<string> Sources = new(static () => string.Concat(
        new[] { "src", "deploy", "tests", "packaging" }.SelectMany(static folder => Repository.Files(folder, "*"))
            .Where(static path => !path.EndsWith(".md", StringComparison.Ordinal)).Select(Repository.Read)));

    // The changelog tells of what there was, too.
    public static TheoryData<string> Pages { get; } =
        [.. Page.All.Select(static page => page.Path).Where(static path => path != "CHANGELOG.md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_setting_exists(string path) => Assert.Empty(
        Setting().Matches(Page.Of(path).Text).Select(static match => match.Value)
            .Except(SettingCatalog.All.Select(static setting => setting.Name)));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_environment_variable_is_known_to_a_program(string path) => Assert.All(
        Variable().Matches(Page.Of(path).Text).Select(static match => match.Value).Where(static name => !OfOthers.Any(name.StartsWith)),
        static name => Assert.Contains(name, Sources.Value, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_folder_or_file_of_the_sources_exists(string path) => Assert.All(
        Source().Matches(Page.Of(path).Text).Select(static match => match.Groups[1].Value),
        static source => Assert.True(Path.Exists(Path.Combine(Repository.Root, source)), source));

    [GeneratedRegex(@"\b(Queue|Poller|Processor|Source|Destination|Archive|Log|AWS):[A-Z][A-Za-z0-9]+\b")]
    private static partial Regex Setting();

    [GeneratedRegex(@"(?<=[` \n(])[A-Z][A-Z0-9]*_[A-Z0-9_]+(?=[=` ,;)])")]
    private static partial Regex Variable();

    [GeneratedRegex(@"`((src|tests|schemas|packaging)/[A-Za-z0-9./_-]*)`")]
    private static partial Regex Source();
}
