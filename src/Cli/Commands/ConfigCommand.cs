using System.CommandLine;
using System.Text.Json.Nodes;
using Archiver.Contract.Boundary;
using Archiver.Contract.Text;
using Archiver.Programs.Settings;

namespace Archiver.Cli.Commands;

/// <summary>Prints every setting.</summary>
internal static class ConfigCommand
{
    public static Command Create()
    {
        var command = new Command("config",
            """
            Prints every setting with its value and its origin. Secrets are masked.

              archiver --profile aws config
              archiver --json config
            """);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var settings = CommonOptions.Load(parsed);
        var values = SettingCatalog.All.Select(settings.Find).ToList();
        if (CommonOptions.WantsJson(parsed))
        {
            Output.WriteJson(new JsonObject(values.Select(static v => KeyValuePair.Create<string, JsonNode?>(
                v.Setting.Name, new JsonObject { ["value"] = v.Value is null ? null : v.Shown, ["origin"] = v.Value is null ? null : v.Origin }))));
            return ExitCode.Ok;
        }
        Console.WriteLine($"Profile {settings.Profile}, from {settings.File}");
        var nameWidth = values.Max(static v => v.Setting.Name.Length);
        var valueWidth = Math.Min(60, values.Max(static v => v.Shown.Length));
        foreach (var value in values)
            Console.WriteLine($"{value.Setting.Name.PadRight(nameWidth)}  {SafeText.Escape(value.Shown).PadRight(valueWidth)}  {(value.Value is null ? "(not set)" : value.Origin)}");
        return ExitCode.Ok;
    }
}
