using System.Collections;
using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Programs.Settings;

/// <summary>What settings are loaded from.</summary>
public sealed record SettingsOptions
{
    /// <summary>The profile when none is named.</summary>
    public const string DefaultProfile = "local";

    /// <summary>Names the configuration file; null: <c>ARCHIVER_PROFILE</c> of the environment, else <see cref="DefaultProfile"/>.</summary>
    public string? Profile { get; init; }

    /// <summary>Settings of the command line, each <c>Section:Name=value</c>.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>The environment; null: this process's own.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Where <c>.env</c> and <c>config/</c> are looked for first.</summary>
    public string WorkingFolder { get; init; } = CurrentFolder();

    /// <summary>Where <c>config/</c> is looked for next: beside the program.</summary>
    public string ProgramFolder { get; init; } = AppContext.BaseDirectory;

    /// <summary>Whether changes of the configuration file are followed.</summary>
    public bool Watch { get; init; }

    /// <summary>Whether this is a processor, which takes the settings that its poller hands it, if it does.</summary>
    public bool TakesHanded { get; init; }

    /// <summary>The environment of this process.</summary>
    public static IReadOnlyDictionary<string, string> ProcessEnvironment() =>
        System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(static e => (string)e.Key, static e => (string?)e.Value ?? "");

    private static string CurrentFolder()
    {
        try
        {
            return Directory.GetCurrentDirectory();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ArchiverException(ExitCode.Config, "The working folder cannot be read, or is gone; start the program in another one.", error);
        }
    }
}
