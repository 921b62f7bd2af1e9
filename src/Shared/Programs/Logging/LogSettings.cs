using Archiver.Programs.Settings;

namespace Archiver.Programs.Logging;

/// <summary>How a program logs.</summary>
/// <param name="Debug">At debug level.</param>
/// <param name="Readable">Lines for people instead of compact JSON.</param>
/// <param name="File">A file to log to as well; null for none.</param>
public sealed record LogSettings(bool Debug, bool Readable, string? File)
{
    /// <summary>Reads them from the settings.</summary>
    public static LogSettings From(ArchiverSettings settings) => new(
        settings.Get(SettingCatalog.LogDebug),
        settings.Get(SettingCatalog.LogReadable),
        settings.Get(SettingCatalog.LogFile));
}
