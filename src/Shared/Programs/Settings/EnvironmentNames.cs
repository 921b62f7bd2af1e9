
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Text;
using Archiver.Programs.Boundary;

namespace Archiver.Programs.Settings;

/// <summary>Finds names in the environment that look like settings but are not: a misspelt setting must not be ignored.</summary>
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

    /// <summary>
    /// Checks every name that has a value. Names of other programs are left alone: those in unknown sections that resemble none of ours.
    /// </summary>
    /// <exception cref="ArchiverException">Exit code 78: there is no such setting.</exception>
    public static void Check(IReadOnlyDictionary<string, string> environment, string place)
    {
        var names = environment.Where(static pair => pair.Value.Length > 0).Select(static pair => pair.Key);
        foreach (var name in names.Order(StringComparer.Ordinal))
            if (Problem(name) is { } problem)
                throw new ArchiverException(ExitCode.Config, $"{name} in {place} is not a setting{problem}");
    }

    private static string? Problem(string name)
    {
        if (name.Contains(Separator, StringComparison.Ordinal))
            return Settings.Contains(name) || (!Sections.Contains(name.Split(Separator)[0]) && Spelling.Nearest(name, Settings) is null)
                ? null
                : Spelling.Question(name, Settings);
        // Other programs use this prefix too: Kubernetes sets ARCHIVER_PORT for a service called archiver.
        return name.StartsWith(OwnPrefix, StringComparison.Ordinal) && !OwnNames.Contains(name)
            && Spelling.Nearest(name, OwnNames) is { } near
            ? $"; did you mean {near}?"
            : null;
    }
}
