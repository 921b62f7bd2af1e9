using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Text;
using Archiver.Programs.Boundary;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace Archiver.Programs.Settings;

/// <summary>Loads settings from their layers, lowest first: defaults, configuration file, <c>.env</c>, environment, command line.</summary>
public static class SettingsLoader
{
    /// <summary>Loads all settings and checks the form of each.</summary>
    /// <exception cref="ArchiverException">Exit code 78, naming the setting or file; 64 for a malformed command line.</exception>
    public static ArchiverSettings Load(SettingsOptions options)
    {
        var environment = options.Environment ?? SettingsOptions.ProcessEnvironment();
        var handed = options.TakesHanded ? HandedSettings.Find(environment) : null;
        var profile = options.Profile ?? NonEmpty(environment, EnvironmentNames.Profile) ?? SettingsOptions.DefaultProfile;
        var file = handed is null
            ? ConfigFile.Find(profile, options, environment)
            : new ConfigFile(
                ProcessorEnvironment.Settings,
                _ => Memory(handed.Select(static pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))));
        var builder = new ConfigurationBuilder();
        List<SettingsLayer> layers = [];

        void Add(IConfigurationSource source, Func<Setting, string> origin, bool emptyIsNone = false) =>
            layers.Add(new(source.Build(builder), origin, emptyIsNone));
        Add(Memory(SettingCatalog.All.ToDictionary(static s => s.Name, static s => s.Default)), static _ => "default");
        Add(file.Source(options.Watch), _ => file.Name, emptyIsNone: handed is not null);
        var dotEnv = handed is null ? DotEnvFile.Read(options.WorkingFolder, environment) : [];
        Add(Memory(FromEnvironment(dotEnv)), setting => $".env ({NameIn(dotEnv, setting)})");
        Add(Memory(FromEnvironment(environment)), setting => $"environment ({NameIn(environment, setting)})");
        Add(Memory(FromCommandLine(options.Overrides)), static _ => ArchiverSettings.CommandLine, emptyIsNone: true);

        try
        {
            var root = new ConfigurationRoot([.. layers.Select(static l => l.Provider)]);
            var settings = new ArchiverSettings(profile, file.Name, layers, root);
            settings.Check();
            EnvironmentNames.Check(dotEnv, ".env");
            EnvironmentNames.Check(environment, "the environment");
            return settings;
        }
        catch (InvalidDataException error)
        {
            throw new ArchiverException(ExitCode.Config, $"{file.Name} {ConfigFile.Describe(error)}", error);
        }
    }

    private static MemoryConfigurationSource Memory(IEnumerable<KeyValuePair<string, string?>> values) => new() { InitialData = values };

    private static IEnumerable<KeyValuePair<string, string?>> FromEnvironment(IReadOnlyDictionary<string, string> environment) =>
        from setting in SettingCatalog.All
        let name = NameIn(environment, setting)
        where name is not null
        select KeyValuePair.Create<string, string?>(setting.Name, environment[name]);

    // An empty variable counts as not set: compose files create those.
    private static string? NameIn(IReadOnlyDictionary<string, string> environment, Setting setting) =>
        setting.AllEnvironmentNames.FirstOrDefault(
            name => setting.MayBeEmpty ? environment.ContainsKey(name) : NonEmpty(environment, name) is not null);

    private static string? NonEmpty(IReadOnlyDictionary<string, string> environment, string name) =>
        environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    private static Dictionary<string, string?> FromCommandLine(IReadOnlyList<string> overrides)
    {
        var values = new Dictionary<string, string?>();
        foreach (var text in overrides)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? text : text[..equals];
            var setting = equals < 0
                ? null
                : SettingCatalog.All.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (setting is null)
                throw new ArchiverException(ExitCode.Usage,
                    $"--set {name}: expected Section:Name=value with a setting that `archiver config` lists"
                    + Spelling.Question(name, SettingCatalog.All.Select(static s => s.Name)));
            if (setting.IsSecret && equals < text.Length - 1)
                throw new ArchiverException(ExitCode.Usage,
                    $"--set {setting.Name}: anyone on this machine can read command lines; "
                    + $"set {setting.AllEnvironmentNames.First()} in the environment or in .env instead.");
            values[setting.Name] = text[(equals + 1)..];
        }
        return values;
    }
}
