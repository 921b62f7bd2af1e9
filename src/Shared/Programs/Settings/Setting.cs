using Archiver.Contract.Text;

namespace Archiver.Contract.Settings;

/// <summary>One setting: its name in configuration files, its names in the environment, its default and the form of its values.</summary>
/// <param name="Name">Section and key, such as <c>Poller:MaxConcurrency</c>.</param>
/// <param name="Form">What a value looks like.</param>
/// <param name="Default">The built-in default; null when there is none.</param>
/// <param name="Description">One line for the settings table.</param>
/// <param name="EnvironmentNames">Names in the environment beside <see cref="GenericEnvironmentName"/>; the first that is set counts.</param>
public sealed record Setting(string Name, SettingForm Form, string? Default, string Description, params string[] EnvironmentNames)
{
    /// <summary>The name in the environment that .NET programs give every setting: <c>Poller__MaxConcurrency</c>.</summary>
    public string GenericEnvironmentName => Name.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>All names in the environment, the one that counts most first.</summary>
    public IEnumerable<string> AllEnvironmentNames => EnvironmentNames.Append(GenericEnvironmentName);

    /// <summary>Whether its value is never shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether an empty value is one. Others that are set to nothing count as not set, as compose files do with variables that they do not know.</summary>
    public bool MayBeEmpty { get; init; }
}

/// <summary>A setting's value and where it came from.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Value">Its text; null when nothing gives it one.</param>
/// <param name="Origin">Where it came from, in words: <c>command line</c>, <c>environment (DEBUG)</c>, <c>.env</c>, a file's path, <c>default</c>.</param>
public sealed record SettingValue(Setting Setting, string? Value, string Origin)
{
    /// <summary>The value as it may be shown: secrets are masked, and what a URL has of them.</summary>
    public string Shown => Value switch
    {
        null => "",
        _ when Setting.IsSecret => MaskedText.Mask,
        _ => MaskedText.Urls(Value),
    };
}
