using Archiver.Programs.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Conventions;

/// <summary>The tables of docs/settings.md are what the catalog says; the text around them is written by hand.</summary>
public sealed class SettingsPageTests
{
    private const string Page = "docs/settings.md";
    private const string Head = "| setting | environment | default | meaning |";

    private static readonly Dictionary<string, string> Headings = new()
    {
        ["Queue"] = "## Queues",
        ["Poller"] = "## Poller",
        ["Processor"] = "## Processor",
        ["Source"] = "## Sources",
        ["Destination"] = "## Destination",
        ["Archive"] = "## Archives",
        ["Log"] = "## Logs",
        ["AWS"] = "## AWS",
    };

    [Fact]
    public void Its_tables_say_what_the_catalog_says()
    {
        var actual = Repository.Read(Page);
        var expected = WithTables(actual);
        var path = Path.Combine(AppContext.BaseDirectory, "settings.md");
        File.WriteAllText(path, expected);

        Assert.True(actual == expected, $"{Page} differs from the catalog of settings. What it should hold is in {path}: copy that over it.");
    }

    [Fact]
    public void A_setting_that_has_no_row_yet_gets_one()
    {
        var page = Repository.Read(Page);
        var row = RowOf(SettingCatalog.ArchiveMaxEntries);
        Assert.Contains(row, page, StringComparison.Ordinal);

        Assert.Equal(page, WithTables(page.Replace(row + "\n", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_row_of_a_setting_that_does_not_exist_goes()
    {
        var page = Repository.Read(Page);

        Assert.Equal(page, WithTables(page.Replace($"{Head}\n| --- | --- | --- | --- |\n", $"{Head}\n| --- | --- | --- | --- |\n| `No:Such` | | | Nothing |\n", StringComparison.Ordinal)));
    }

    // What else stands below a section's heading stays.
    private static string WithTables(string page)
    {
        foreach (var settings in SettingCatalog.All.GroupBy(static setting => setting.Name.Split(':')[0]))
        {
            var heading = Headings[settings.Key];
            var start = page.IndexOf(heading + "\n", StringComparison.Ordinal);
            if (start < 0)
            {
                page += $"\n{heading}\n";
                start = page.LastIndexOf(heading, StringComparison.Ordinal);
            }
            var end = page.IndexOf("\n## ", start, StringComparison.Ordinal) is var next and >= 0 ? next : page.Length;
            page = page[..start] + WithTable(page[start..end], TableOf(settings)) + page[end..];
        }
        return page;
    }

    private static string WithTable(string section, string table) =>
        string.Join('\n', section.Split('\n').Where(static line => !line.StartsWith('|'))).TrimEnd() + "\n\n" + table;

    private static string TableOf(IEnumerable<Setting> settings) =>
        string.Concat(settings.Select(RowOf).Prepend("| --- | --- | --- | --- |").Prepend(Head).Select(static line => line + "\n"));

    private static string RowOf(Setting setting)
    {
        var environment = string.Join(", ", setting.EnvironmentNames.Select(static name => $"`{name}`"));
        var standard = setting.Default is { } value ? $"`{value}`" : setting.IsRequired ? "required" : "";
        return $"| `{setting.Name}` | {environment} | {standard} | {setting.Description.Replace("*", "\\*", StringComparison.Ordinal)} |";
    }
}
