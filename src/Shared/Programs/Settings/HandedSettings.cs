using System.Text.Json;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Programs.Boundary;

namespace Archiver.Programs.Settings;

/// <summary>
/// Settings as a poller passes them to its processors: as the poller read and checked them, even if the files have changed since.
/// They go through the environment, because anyone can read command lines.
/// </summary>
public static class HandedSettings
{
    // The most that Linux allows for one variable, less its name: https://man7.org/linux/man-pages/man2/execve.2.html
    private const int Longest = (128 << 10) - 64;

    /// <summary>The environment variables to start a processor with; a null value removes the variable.</summary>
    /// <param name="settings">The poller's settings.</param>
    /// <param name="changes">Settings that differ for processors.</param>
    /// <exception cref="ArchiverException">Exit code 78: they are too long.</exception>
    public static IReadOnlyDictionary<string, string?> Environment(
        ArchiverSettings settings, params IReadOnlyList<(Setting Setting, string Value)> changes)
    {
        var values = new Dictionary<string, string>();
        var environment = new Dictionary<string, string?>();
        foreach (var setting in SettingCatalog.All)
        {
            var found = settings.Find(setting);
            var change = changes.FirstOrDefault(change => change.Setting == setting);
            if (found.Origin.Length > 0 || change.Setting is not null)
                values[setting.Name] = change.Value ?? found.Value ?? "";
            // In the processor the environment overrides these settings, so that a wrapper can export other credentials.
            // A variable that was overridden here must not take effect there.
            if (change.Setting is not null || found.Origin == ArchiverSettings.CommandLine)
                foreach (var name in setting.AllEnvironmentNames)
                    environment[name] = null;
        }
        var text = JsonSerializer.Serialize(values, ContractJson.Strict.DictionaryStringString);
        if (System.Text.Encoding.UTF8.GetByteCount(text) > Longest)
            throw new ArchiverException(ExitCode.Config,
                $"The settings add up to more than {Longest} bytes, too many to pass to a processor; "
                + $"shorten {values.MaxBy(static pair => pair.Value.Length).Key}.");
        environment[ProcessorEnvironment.Settings] = text;
        return environment;
    }

    /// <summary>The settings passed to this processor; null if there are none.</summary>
    /// <exception cref="ArchiverException">Exit code 78: it is malformed.</exception>
    internal static IReadOnlyDictionary<string, string>? Find(IReadOnlyDictionary<string, string> environment)
    {
        if (environment.GetValueOrDefault(ProcessorEnvironment.Supervised) != "1"
            || environment.GetValueOrDefault(ProcessorEnvironment.Settings) is not { Length: > 0 } text)
            return null;
        try
        {
            return JsonSerializer.Deserialize(text, ContractJson.Strict.DictionaryStringString);
        }
        catch (JsonException error)
        {
            // The parser's message could quote secrets.
            throw new ArchiverException(
                ExitCode.Config, $"{ProcessorEnvironment.Settings} must be a JSON object of names and strings.", error);
        }
    }
}
