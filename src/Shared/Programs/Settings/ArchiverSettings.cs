using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Archiver.Programs.Settings;

/// <summary>All settings as loaded, with the origin of each.</summary>
public sealed class ArchiverSettings
{
    internal const string CommandLine = "command line";

    private readonly IReadOnlyList<SettingsLayer> _layers;
    private readonly ConfigurationRoot _root;

    internal ArchiverSettings(
        string profile, string file, IReadOnlyList<SettingsLayer> layers, ConfigurationRoot root)
    {
        (Profile, File, _layers, _root) = (profile, file, layers, root);
    }

    // Leaves room on the line for what to do.
    private const int LongestShown = 200;

    public string Profile { get; }

    /// <summary>The path of the configuration file, or a name for the built-in one.</summary>
    public string File { get; }

    /// <summary>A setting's value and origin, from the highest layer that has one.</summary>
    public SettingValue Find(Setting setting)
    {
        foreach (var layer in _layers.Reverse())
            if (layer.Provider.TryGet(setting.Name, out var value)
                && (!string.IsNullOrEmpty(value) || layer.EmptyIsNone || (setting.MayBeEmpty && value is not null)))
                return new(setting, string.IsNullOrEmpty(value) && !setting.MayBeEmpty ? null : value, layer.Origin(setting));
        return new(setting, null, "");
    }

    /// <summary>A setting's value; null or false if it has none and needs none.</summary>
    /// <exception cref="ArchiverException">Exit code 78: it is missing or malformed.</exception>
    public T Get<T>(Setting<T> setting)
    {
        var found = Find(setting);
        if (found.Value is null)
            return setting.IsRequired ? throw Missing(setting) : default!;
        return setting.Form.Accepts(found.Value) ? setting.Read(found.Value) : throw Malformed(found);
    }

    /// <summary>The value of an optional setting that the caller needs.</summary>
    /// <exception cref="ArchiverException">Exit code 78: it is missing or malformed.</exception>
    public T Require<T>(Setting<T?> setting) where T : class => Get(setting) ?? throw Missing(setting);

    /// <summary>Calls <paramref name="changed"/> whenever the configuration file has changed.</summary>
    public IDisposable OnChange(Action changed) => ChangeToken.OnChange(_root.GetReloadToken, changed);

    /// <summary>Checks the form of every value, and that the file contains no unknown setting.</summary>
    internal void Check()
    {
        foreach (var setting in SettingCatalog.All)
            if (Find(setting) is { Value: { } value } found)
            {
                // For example the line break at the end of a secret's file.
                if (value.Any(char.IsControl))
                    throw Malformed(found, "without control characters or line breaks");
                if (!setting.Form.Accepts(value))
                    throw Malformed(found);
            }
        foreach (var (key, value) in _root.AsEnumerable())
            if (!string.IsNullOrEmpty(value) && !SettingCatalog.All.Any(s => s.Name.Equals(key, StringComparison.OrdinalIgnoreCase)))
                throw new ArchiverException(ExitCode.Config,
                    $"{key} in {File} is not a setting{Spelling.Question(key, SettingCatalog.All.Select(static s => s.Name))} "
                    + "`archiver config` lists all settings.");
    }

    private ArchiverException Missing(Setting setting) => new(
        ExitCode.Config,
        $"{setting.Name} is not set: {setting.Description}. "
        + $"Set {setting.AllEnvironmentNames.First()} in the environment, or {setting.Name} in {File}.");

    private static ArchiverException Malformed(SettingValue found, string? expects = null) => new(
        ExitCode.Config,
        $"{found.Setting.Name} is \"{SafeText.Shorten(found.Shown, LongestShown)}\" ({found.Origin}), "
        + $"but must be {expects ?? found.Setting.Form.Expects}.");
}
