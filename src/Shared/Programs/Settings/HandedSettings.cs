using System.Text.Json;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Programs.Boundary;

namespace Archiver.Programs.Settings;

/// <summary>Settings as a poller hands them to its processors: as it has read and checked them, whatever the files say by now, and out of sight of who lists processes.</summary>
public static class HandedSettings
{
    // What Linux allows one variable, less its name. https://man7.org/linux/man-pages/man2/execve.2.html
    private const int Longest = (128 << 10) - 64;

    /// <summary>The environment variables to start a processor with; null: to start it without.</summary>
    /// <param name="settings">The poller's own.</param>
    /// <param name="changes">What is different for processors.</param>
    /// <exception cref="ArchiverException">Exit code 78: they are too long.</exception>
    public static IReadOnlyDictionary<string, string?> Environment(ArchiverSettings settings, params IReadOnlyList<(Setting Setting, string Value)> changes)
    {
        var values = new Dictionary<string, string>();
        var environment = new Dictionary<string, string?>();
        foreach (var setting in SettingCatalog.All)
        {
            var found = settings.Find(setting);
            var change = changes.FirstOrDefault(change => change.Setting == setting);
            if (found.Origin.Length > 0 || change.Setting is not null)
                values[setting.Name] = change.Value ?? found.Value ?? "";
            // In the processor the environment goes before these, so that a wrapper may export other credentials. What it did not win here it must not win there.
            if (change.Setting is not null || found.Origin == ArchiverSettings.CommandLine)
                foreach (var name in setting.AllEnvironmentNames)
                    environment[name] = null;
        }
        var text = JsonSerializer.Serialize(values, ContractJson.Strict.DictionaryStringString);
        if (System.Text.Encoding.UTF8.GetByteCount(text) > Longest)
            throw new ArchiverException(ExitCode.Config, $"All settings together are longer than {Longest} bytes, too long to be handed to a processor; shorten {values.MaxBy(static pair => pair.Value.Length).Key}.");
        environment[ProcessorEnvironment.Settings] = text;
        return environment;
    }

    /// <summary>What a processor was handed; null when it was not.</summary>
    /// <exception cref="ArchiverException">Exit code 78: it is malformed.</exception>
    internal static IReadOnlyDictionary<string, string>? Find(IReadOnlyDictionary<string, string> environment)
    {
        if (environment.GetValueOrDefault(ProcessorEnvironment.Supervised) != "1" || environment.GetValueOrDefault(ProcessorEnvironment.Settings) is not { Length: > 0 } text)
            return null;
        try
        {
            return JsonSerializer.Deserialize(text, ContractJson.Strict.DictionaryStringString);
        }
        catch (JsonException error)
        {
            // Its message would quote what may be secret.
            throw new ArchiverException(ExitCode.Config, $"{ProcessorEnvironment.Settings} must be a JSON object of names and texts.", error);
        }
    }
}
