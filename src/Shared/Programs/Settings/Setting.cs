using Archiver.Contract.Text;

namespace Archiver.Programs.Settings;

/// <summary>One setting: its name in configuration files, its names in the environment, its default and the form of its values.</summary>
/// <param name="Name">Section and key, such as <c>Poller:MaxConcurrency</c>.</param>
/// <param name="Form">What a value looks like.</param>
/// <param name="Default">The built-in default; null when there is none.</param>
/// <param name="Description">One line for docs/settings.md, and for whoever has not set it.</param>
/// <param name="EnvironmentNames">Names in the environment beside <see cref="GenericEnvironmentName"/>; the first that is set counts.</param>
public abstract record Setting(string Name, SettingForm Form, string? Default, string Description, params string[] EnvironmentNames)
{
    /// <summary>The name in the environment that .NET programs give every setting: <c>Poller__MaxConcurrency</c>.</summary>
    public string GenericEnvironmentName => Name.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>All names in the environment, the one that counts most first.</summary>
    public IEnumerable<string> AllEnvironmentNames => EnvironmentNames.Append(GenericEnvironmentName);

    /// <summary>Whether a program that uses it must be told a value, or be left its default.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether its value is never shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>Whether an empty value is one. Others that are set to nothing count as not set, as compose files do with variables that they do not know.</summary>
    public bool MayBeEmpty { get; init; }
}

/// <summary>A setting whose values have one type.</summary>
public sealed record Setting<T> : Setting
{
    private readonly Func<string, T> _read;

    internal Setting(string name, SettingForm form, Func<string, T> read, string? standard, string description, params string[] environmentNames)
        : base(name, form, standard, description, environmentNames) => _read = read;

    /// <summary>What it is when nobody sets it; null, or false, when it has no default.</summary>
    public T DefaultValue => Default is null ? default! : _read(Default);

    /// <summary>Reads a value that <see cref="Setting.Form"/> accepts.</summary>
    internal T Read(string text) => _read(text);
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
