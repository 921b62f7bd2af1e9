using Archiver.Contract.Boundary;
using Archiver.Contract.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Conventions;

/// <summary>The README tells what the programs do, not what they did once.</summary>
public sealed class ReadmeTests
{
    private static readonly string[] Lines = Repository.Read("README.md").Split('\n');

    public static TheoryData<string> Settings { get; } = [.. SettingCatalog.All.Select(static setting => setting.Name)];

    [Theory]
    [MemberData(nameof(Settings))]
    public void Every_setting_has_its_row(string name)
    {
        var setting = SettingCatalog.All.Single(setting => setting.Name == name);
        var environment = string.Join(", ", setting.EnvironmentNames.Select(static variable => $"`{variable}`"));
        var standard = setting.Default is { } value ? $"`{value}`" : "";

        Assert.Contains($"| `{name}` | {environment} | {standard} | {setting.Description} |", Lines);
    }

    [Fact]
    public void No_row_is_of_a_setting_that_does_not_exist()
    {
        var named = Lines.Where(static line => line.StartsWith("| `", StringComparison.Ordinal)).Select(static line => line.Split('`')[1]).Where(static name => name.Contains(':', StringComparison.Ordinal));

        Assert.Equal(SettingCatalog.All.Select(static setting => setting.Name), named);
    }

    [Theory]
    [InlineData(ExitCode.Ok)]
    [InlineData(ExitCode.Usage)]
    [InlineData(ExitCode.DataError)]
    [InlineData(ExitCode.NoInput)]
    [InlineData(ExitCode.Unavailable)]
    [InlineData(ExitCode.Software)]
    [InlineData(ExitCode.CannotCreate)]
    [InlineData(ExitCode.TempFail)]
    [InlineData(ExitCode.NoPermission)]
    [InlineData(ExitCode.Config)]
    public void Every_exit_code_has_its_row(int code) =>
        Assert.Contains(Lines, line => line.StartsWith($"| {code} | {ExitCode.NameOf(code)} | ", StringComparison.Ordinal));
}
