using System.CommandLine;
using Archiver.Programs.CommandLine;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Commands;

/// <summary>The options of every command, which choose its settings.</summary>
internal static class CommonOptions
{
    private static readonly Option<string?> ProfileOption =
        ValueOption.Create("--profile", "Configuration file: config/NAME.json (default: local)");

    private static readonly Option<string[]> SetOption =
        new("--set") { Description = "A setting, as Section:Name=value; may be repeated", Recursive = true };

    static CommonOptions() => ProfileOption.Recursive = true;

    public static IReadOnlyList<Option> All { get; } = [ProfileOption, SetOption];

    public static ArchiverSettings Load(ParseResult parsed) => SettingsLoader.Load(
        new SettingsOptions { Profile = parsed.GetValue(ProfileOption), Overrides = parsed.GetValue(SetOption) ?? [], TakesHanded = true });
}
