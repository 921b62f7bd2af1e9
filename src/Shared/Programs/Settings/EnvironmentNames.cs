
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Text;
using Archiver.Programs.Boundary;

namespace Archiver.Programs.Settings;

/// <summary>Names in the environment that look like settings and are none: a misspelt setting must not be passed over.</summary>
internal static class EnvironmentNames
{
    public const string Profile = "ARCHIVER_PROFILE";
    public const string ConfigFolder = "ARCHIVER_CONFIG_DIR";

    private const string Separator = "__";
    private const string OwnPrefix = "ARCHIVER_";

    private static readonly string[] OwnNames = [Profile, ConfigFolder, DotEnvFile.Switch, ProcessorEnvironment.Supervised];

    private static readonly HashSet<string> Settings = [.. SettingCatalog.All.Select(static s => s.GenericEnvironmentName)];

    private static readonly HashSet<string> Sections =
        new(SettingCatalog.All.Select(static s => s.GenericEnvironmentName.Split(Separator)[0]), StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks every name that has a value. Those of others are left alone: whose section is not ours, and that are not nearly one of ours.</summary>
    /// <exception cref="ArchiverException">Exit code 78: there is no such setting.</exception>
    public static void Check(IReadOnlyDictionary<string, string> environment, string place)
    {
        foreach (var name in environment.Where(static pair => pair.Value.Length > 0).Select(static pair => pair.Key).Order(StringComparer.Ordinal))
            if (Problem(name) is { } problem)
                throw new ArchiverException(ExitCode.Config, $"{name} in {place} is not a setting{problem}");
    }

    private static string? Problem(string name)
    {
        if (name.Contains(Separator, StringComparison.Ordinal))
            return Settings.Contains(name) || (!Sections.Contains(name.Split(Separator)[0]) && Spelling.Nearest(name, Settings) is null)
                ? null
                : Spelling.Question(name, Settings);
        // Others have such names too: Kubernetes makes ARCHIVER_PORT of a service that is called archiver.
        return name.StartsWith(OwnPrefix, StringComparison.Ordinal) && !OwnNames.Contains(name) && Spelling.Nearest(name, OwnNames) is { } near
            ? $"; did you mean {near}?"
            : null;
    }
}
