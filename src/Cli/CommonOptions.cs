using System.CommandLine;
using Archiver.Programs.CommandLine;
using Archiver.Programs.Settings;
using Archiver.Queues;
using Archiver.Queues.Local;

namespace Archiver.Cli;

/// <summary>Options that every command has, and what they stand for.</summary>
internal static class CommonOptions
{
    private static readonly Option<string?> ProfileOption = ValueOption.Create("--profile", "Configuration file: config/NAME.json (default: local)");
    private static readonly Option<string[]> SetOption = new("--set") { Description = "A setting, as Section:Name=value; may be repeated", Recursive = true };
    private static readonly Option<bool> JsonOption = new("--json") { Description = "Print JSON, for programs", Recursive = true };

    static CommonOptions() => ProfileOption.Recursive = true;

    public static IReadOnlyList<Option> All { get; } = [ProfileOption, SetOption, JsonOption];

    public static bool WantsJson(ParseResult parsed) => parsed.GetValue(JsonOption);

    public static ArchiverSettings Load(ParseResult parsed) =>
        SettingsLoader.Load(new SettingsOptions { Profile = parsed.GetValue(ProfileOption), Overrides = parsed.GetValue(SetOption) ?? [] });

    public static QueueFactory Queues(ArchiverSettings settings)
    {
        var queues = QueueSettings.From(settings);
        return new(AwsSettings.From(settings).Sqs, new LocalQueueOptions { VisibilityTimeout = queues.VisibilityTimeout, MaxReceiveCount = queues.MaxReceiveCount });
    }

    /// <summary>The same options, for a program that is started.</summary>
    public static IEnumerable<string> Forward(ParseResult parsed)
    {
        if (parsed.GetValue(ProfileOption) is { } profile)
            yield return $"--profile={profile}";
        foreach (var text in parsed.GetValue(SetOption) ?? [])
            yield return $"--set={text}";
    }
}
