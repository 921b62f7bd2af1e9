using Archiver.Contract.Text;

namespace Archiver.Programs.Settings;

/// <summary>A setting: its name in configuration files, its names in the environment, its default and the form of its values.</summary>
/// <param name="Name">Section and key, such as <c>Poller:MaxConcurrency</c>.</param>
/// <param name="Form">What a value looks like.</param>
/// <param name="Default">The built-in default; null if there is none.</param>
/// <param name="Description">One line for docs/settings.md and for the error when the setting is missing.</param>
/// <param name="EnvironmentNames">
/// Names in the environment besides <see cref="GenericEnvironmentName"/>; the first one that is set wins.
/// </param>
public abstract record Setting(string Name, SettingForm Form, string? Default, string Description, params string[] EnvironmentNames)
{
    /// <summary>The environment name that .NET derives from any setting: <c>Poller__MaxConcurrency</c>.</summary>
    public string GenericEnvironmentName => Name.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>All names in the environment, highest precedence first.</summary>
    public IEnumerable<string> AllEnvironmentNames => EnvironmentNames.Append(GenericEnvironmentName);

    /// <summary>Whether a program that uses it needs a value: a default or one that is set.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether its value must never be shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>
    /// Whether an empty value counts. For other settings it means "not set": compose files pass unknown variables as empty.
    /// </summary>
    public bool MayBeEmpty { get; init; }
}

/// <summary>A setting whose values have the type <typeparamref name="T"/>.</summary>
public sealed record Setting<T> : Setting
{
    private readonly Func<string, T> _read;

    internal Setting(
        string name, SettingForm form, Func<string, T> read, string? standard, string description, params string[] environmentNames)
        : base(name, form, standard, description, environmentNames) => _read = read;

    /// <summary>The value when nothing sets it; null or false if it has no default.</summary>
    public T DefaultValue => Default is null ? default! : _read(Default);

    /// <summary>Reads a value that <see cref="Setting.Form"/> accepts.</summary>
    internal T Read(string text) => _read(text);
}

/// <summary>A setting's value and where it came from.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Value">Its text; null if it has none.</param>
/// <param name="Origin">
/// Where it came from, in words: <c>command line</c>, <c>environment (DEBUG)</c>, <c>.env</c>, a file's path, <c>default</c>.
/// </param>
public sealed record SettingValue(Setting Setting, string? Value, string Origin)
{
    /// <summary>The value as it may be shown: secrets are masked, including those in URLs.</summary>
    public string Shown => Value switch
    {
        null => "",
        _ when Setting.IsSecret => MaskedText.Mask,
        _ => MaskedText.Urls(Value),
    };
}
