using System.CommandLine;
using Archiver.Programs.Settings;

namespace Archiver.Programs.CommandLine;

/// <summary>Creates options that take a value of a given form.</summary>
public static class ValueOption
{
    private static readonly SettingForm<string> AipIdForm =
        new(Contract.Messages.AipId.Rule, static text => Contract.Messages.AipId.IsValid(text) ? text : null);

    /// <summary>An option with exactly one value, of this form.</summary>
    public static Option<T?> Create<T>(string name, string description, SettingForm<T> form) => new(name)
    {
        Description = description,
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            var value = form.Read(text);
            if (value is null)
                result.AddError($"{name} is \"{text}\", but must be {form.Expects}.");
            return value;
        },
    };

    /// <summary>An option with exactly one value, any text.</summary>
    public static Option<string?> Create(string name, string description) => Create(name, description, SettingForm.Text);

    /// <summary>The option that names the package.</summary>
    public static Option<string?> AipId(string description) => Create("--aipid", description, AipIdForm);
}
