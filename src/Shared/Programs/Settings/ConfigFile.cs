using System.Text;
using System.Text.Json;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace Archiver.Programs.Settings;

/// <summary>
/// The configuration file of a profile: in the working folder, else next to the program, else, for <c>local</c>, the built-in one.
/// </summary>
/// <param name="Name">Its path, or a name for the built-in one.</param>
/// <param name="Source">Opens it; the argument says whether to watch it for changes.</param>
internal sealed record ConfigFile(string Name, Func<bool, IConfigurationSource> Source)
{
    public static ConfigFile Find(string profile, SettingsOptions options, IReadOnlyDictionary<string, string> environment)
    {
        if (profile.Length == 0 || profile[0] == '.'
            || profile.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
            throw new ArchiverException(
                ExitCode.Usage, $"--profile \"{profile}\": a profile name may contain only letters, digits and - _ .");
        List<string> folders = [Path.Combine(options.WorkingFolder, "config"), Path.Combine(options.ProgramFolder, "config")];
        if (environment.TryGetValue(EnvironmentNames.ConfigFolder, out var chosen) && chosen.Length > 0)
            folders = [Path.GetFullPath(chosen)];
        foreach (var folder in folders)
        {
            if (Directory.Exists(Path.Combine(folder, profile + ".json")))
                throw new ArchiverException(
                    ExitCode.Config,
                    $"{Path.Combine(folder, profile + ".json")} is a folder, but must be the file of profile \"{profile}\".");
            if (File.Exists(Path.Combine(folder, profile + ".json")))
                return new(Path.Combine(folder, profile + ".json"), watch => OnDisk(folder, profile, watch));
        }
        if (profile == SettingsOptions.DefaultProfile)
            return new("config/local.json (built in)", static _ => new JsonStreamConfigurationSource { Stream = BuiltIn() });
        throw new ArchiverException(
            ExitCode.Config, $"Profile \"{profile}\" has no file {profile}.json in {string.Join(" or ", folders)}.");
    }

    /// <summary>What is wrong with the file and where, to follow its name in a message.</summary>
    public static string Describe(Exception error) => error switch
    {
        JsonException { LineNumber: { } line, BytePositionInLine: { } position } =>
            $"is not valid JSON in line {line + 1}, column {position + 1}.",
        DecoderFallbackException => "is not valid JSON: it is not UTF-8.",
        { InnerException: { } inner } => Describe(inner),
        FormatException => $"is not valid JSON: {error.Message}",
        _ => $"cannot be read: {error.Message}",
    };

    private static LastGoodJsonSource OnDisk(string folder, string profile, bool watch) => new()
    {
        FileProvider = new PhysicalFileProvider(folder),
        Path = profile + ".json",
        ReloadOnChange = watch,
    };

    private static Stream BuiltIn() => typeof(ConfigFile).Assembly.GetManifestResourceStream("config/local.json")
        ?? throw new InvalidOperationException("config/local.json is not embedded.");
}

internal sealed class LastGoodJsonSource : JsonConfigurationSource
{
    public override IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        EnsureDefaults(builder);
        return new LastGoodJsonProvider(this);
    }

    // A file saved with a mistake while the program runs must neither stop it nor reset it to the defaults.
    private sealed class LastGoodJsonProvider(LastGoodJsonSource source) : JsonConfigurationProvider(source)
    {
        private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

        private bool _loaded;

        public override void Load(Stream stream)
        {
            var before = Data;
            try
            {
                base.Load(Checked(stream));
                _loaded = true;
            }
            catch (FormatException) when (_loaded)
            {
                Data = before;
            }
        }

        // Invalid UTF-8 would silently be read as other characters.
        private static MemoryStream Checked(Stream stream)
        {
            var content = new MemoryStream();
            stream.CopyTo(content);
            try
            {
                StrictUtf8.GetCharCount(content.GetBuffer(), 0, (int)content.Length);
            }
            catch (DecoderFallbackException error)
            {
                throw new FormatException(error.Message, error);
            }
            content.Position = 0;
            return content;
        }
    }
}
