using Archiver.Programs.Settings;

namespace Archiver.Programs.Logging;

/// <summary>How a program logs.</summary>
/// <param name="Debug">Whether to log at debug level.</param>
/// <param name="Readable">Human-readable lines instead of compact JSON.</param>
/// <param name="File">A file to log to in addition to standard error; null for none.</param>
public sealed record LogSettings(bool Debug, bool Readable, string? File)
{
    public static LogSettings From(ArchiverSettings settings) => new(
        settings.Get(SettingCatalog.LogDebug),
        settings.Get(SettingCatalog.LogReadable),
        settings.Get(SettingCatalog.LogFile));
}
