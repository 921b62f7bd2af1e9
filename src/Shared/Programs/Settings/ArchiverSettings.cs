using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Archiver.Programs.Settings;

/// <summary>All settings as loaded, each with its origin.</summary>
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

    // The rest of a line is for what to do.
    private const int LongestShown = 200;

    /// <summary>The profile in force.</summary>
    public string Profile { get; }

    /// <summary>The configuration file in force.</summary>
    public string File { get; }

    /// <summary>A setting's value, and where it came from: the highest layer that has one.</summary>
    public SettingValue Find(Setting setting)
    {
        foreach (var layer in _layers.Reverse())
            if (layer.Provider.TryGet(setting.Name, out var value) && (!string.IsNullOrEmpty(value) || layer.EmptyIsNone || (setting.MayBeEmpty && value is not null)))
                return new(setting, string.IsNullOrEmpty(value) && !setting.MayBeEmpty ? null : value, layer.Origin(setting));
        return new(setting, null, "");
    }

    /// <summary>A setting's value; null, or off, when it has none and need not have one.</summary>
    /// <exception cref="ArchiverException">Exit code 78: it is missing or malformed.</exception>
    public T Get<T>(Setting<T> setting)
    {
        var found = Find(setting);
        if (found.Value is null)
            return setting.IsRequired ? throw Missing(setting) : default!;
        return setting.Form.Accepts(found.Value) ? setting.Read(found.Value) : throw Malformed(found);
    }

    /// <summary>The value of a setting that need not have one, for somebody who cannot do without.</summary>
    /// <exception cref="ArchiverException">Exit code 78: it is missing or malformed.</exception>
    public T Require<T>(Setting<T?> setting) where T : class => Get(setting) ?? throw Missing(setting);

    /// <summary>Calls back whenever the configuration file has changed.</summary>
    public IDisposable OnChange(Action changed) => ChangeToken.OnChange(_root.GetReloadToken, changed);

    /// <summary>Checks the form of every value, and that the file has no setting that does not exist.</summary>
    internal void Check()
    {
        foreach (var setting in SettingCatalog.All)
            if (Find(setting) is { Value: { } value } found)
            {
                // A line break that a secret's file ended in, for one.
                if (value.Any(char.IsControl))
                    throw Malformed(found, "without control characters or line breaks");
                if (!setting.Form.Accepts(value))
                    throw Malformed(found);
            }
        foreach (var (key, value) in _root.AsEnumerable())
            if (!string.IsNullOrEmpty(value) && !SettingCatalog.All.Any(s => s.Name.Equals(key, StringComparison.OrdinalIgnoreCase)))
                throw new ArchiverException(ExitCode.Config,
                    $"{key} in {File} is no setting{Spelling.Question(key, SettingCatalog.All.Select(static s => s.Name))} `archiver config` lists those that exist.");
    }

    private ArchiverException Missing(Setting setting) => new(
        ExitCode.Config,
        $"{setting.Name} is not set: {setting.Description}. Set {setting.AllEnvironmentNames.First()} in the environment, or {setting.Name} in {File}.");

    private static ArchiverException Malformed(SettingValue found, string? expects = null) => new(
        ExitCode.Config,
        $"{found.Setting.Name} is \"{SafeText.Shorten(found.Shown, LongestShown)}\" ({found.Origin}), but must be {expects ?? found.Setting.Form.Expects}.");
}
