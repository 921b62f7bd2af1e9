using System.Collections;
using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Programs.Settings;

/// <summary>Where to load settings from.</summary>
public sealed record SettingsOptions
{
    /// <summary>The profile if none is given.</summary>
    public const string DefaultProfile = "local";

    /// <summary>Selects the configuration file; null: <c>ARCHIVER_PROFILE</c>, else <see cref="DefaultProfile"/>.</summary>
    public string? Profile { get; init; }

    /// <summary>Settings given on the command line, each as <c>Section:Name=value</c>.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>The environment; null: that of this process.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Searched for <c>.env</c>, and first for <c>config/</c>.</summary>
    public string WorkingFolder { get; init; } = CurrentFolder();

    /// <summary>The folder of the program, searched next for <c>config/</c>.</summary>
    public string ProgramFolder { get; init; } = AppContext.BaseDirectory;

    /// <summary>Whether to watch the configuration file for changes.</summary>
    public bool Watch { get; init; }

    /// <summary>Whether this is a processor, which uses the settings that its poller passes on, if any.</summary>
    public bool TakesHanded { get; init; }

    public static IReadOnlyDictionary<string, string> ProcessEnvironment() =>
        System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(static e => (string)e.Key, static e => (string?)e.Value ?? "");

    private static string CurrentFolder()
    {
        try
        {
            return Directory.GetCurrentDirectory();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ArchiverException(
                ExitCode.Config, "The working folder cannot be read or no longer exists; start the program in another folder.", error);
        }
    }
}
