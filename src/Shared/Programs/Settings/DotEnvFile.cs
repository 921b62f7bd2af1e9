using System.Text;
using System.Text.RegularExpressions;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using DotNetEnv;

namespace Archiver.Programs.Settings;

/// <summary>The <c>.env</c> file of the working folder: variables for programs started by hand. Services turn it off.</summary>
internal static partial class DotEnvFile
{
    public const string Switch = "ARCHIVER_DOTENV";

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The file's variables, except those that the environment overrides.</summary>
    /// <exception cref="ArchiverException">Exit code 78: it cannot be read. Its content is never quoted: it may be secret.</exception>
    public static Dictionary<string, string> Read(string folder, IReadOnlyDictionary<string, string> environment)
    {
        var path = Path.Combine(folder, ".env");
        if (!IsOn(environment.GetValueOrDefault(Switch)) || !File.Exists(path))
            return [];
        try
        {
            return Env.LoadContents(File.ReadAllText(path, StrictUtf8), new LoadOptions(setEnvVars: false))
                .Where(pair => !environment.ContainsKey(pair.Key))
                .GroupBy(static pair => pair.Key).ToDictionary(static g => g.Key, static g => g.Last().Value);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new ArchiverException(ExitCode.Config, $"{path} cannot be read: {Describe(error)}", error);
        }
    }

    private static bool IsOn(string? text) => string.IsNullOrEmpty(text) || (SettingForm.Boolean.Read(text)
        ?? throw new ArchiverException(ExitCode.Config, $"{Switch} is \"{text}\", but must be {SettingForm.Boolean.Expects}."));

    private static string Describe(Exception error) => error switch
    {
        IOException or UnauthorizedAccessException => error.Message,
        DecoderFallbackException => "it is not UTF-8.",
        _ when Line().Match(error.Message) is { Success: true } line =>
            $"line {line.Groups[1].Value} is not NAME=value, or an earlier quote is not closed.",
        _ => "its lines must be NAME=value.",
    };

    [GeneratedRegex(@"\bLine ([0-9]+)\b")]
    private static partial Regex Line();
}
