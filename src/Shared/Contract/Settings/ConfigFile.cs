using Archiver.Contract.Boundary;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace Archiver.Contract.Settings;

/// <summary>The configuration file of a profile: in the working folder, else beside the program, else, for <c>local</c>, the one built in.</summary>
/// <param name="Name">Its path, or what to call the one built in.</param>
/// <param name="Source">Opens it, following its changes or not.</param>
internal sealed record ConfigFile(string Name, Func<bool, IConfigurationSource> Source)
{
    public static ConfigFile Find(string profile, SettingsOptions options, IReadOnlyDictionary<string, string> environment)
    {
        if (profile.Length == 0 || profile.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')) || profile[0] == '.')
            throw new ArchiverException(ExitCode.Usage, $"--profile \"{profile}\": a profile's name has letters, digits and - _ . only.");
        List<string> folders = [Path.Combine(options.WorkingFolder, "config"), Path.Combine(options.ProgramFolder, "config")];
        if (environment.TryGetValue("ARCHIVER_CONFIG_DIR", out var chosen) && chosen.Length > 0)
            folders = [Path.GetFullPath(chosen)];
        foreach (var folder in folders)
            if (File.Exists(Path.Combine(folder, profile + ".json")))
                return new(Path.Combine(folder, profile + ".json"), watch => OnDisk(folder, profile, watch));
        if (profile == SettingsOptions.DefaultProfile)
            return new("config/local.json (built in)", static _ => new JsonStreamConfigurationSource { Stream = BuiltIn() });
        throw new ArchiverException(ExitCode.Config, $"Profile \"{profile}\" has no file {profile}.json in {string.Join(" or ", folders)}.");
    }

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

    // A file that is saved with a mistake while the program runs must not stop it, nor throw it back to the defaults.
    private sealed class LastGoodJsonProvider(LastGoodJsonSource source) : JsonConfigurationProvider(source)
    {
        private bool _loaded;

        public override void Load(Stream stream)
        {
            var before = Data;
            try
            {
                base.Load(stream);
                _loaded = true;
            }
            catch (FormatException) when (_loaded)
            {
                Data = before;
            }
        }
    }
}
