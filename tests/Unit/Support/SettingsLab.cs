using Archiver.Contract;
using Archiver.Programs.Settings;

namespace Archiver.Tests.Support;

/// <summary>Loads settings from a folder and an environment of its own.</summary>
public sealed class SettingsLab : IDisposable
{
    private readonly TempFolder _folder = new();

    public Dictionary<string, string> Environment { get; } = [];

    public List<string> Overrides { get; } = [];

    public string? Profile { get; set; }

    public bool Watch { get; set; }

    public string ConfigPath => _folder["config/local.json"];

    public SettingsLab Config(string json, string profile = "local")
    {
        _folder.Write($"config/{profile}.json", json);
        return this;
    }

    public SettingsLab Config(byte[] json)
    {
        _folder.Write("config/local.json", json);
        return this;
    }

    public SettingsLab DotEnv(string text)
    {
        _folder.Write(".env", text);
        return this;
    }

    public ArchiverSettings Load() => SettingsLoader.Load(new SettingsOptions
    {
        Profile = Profile,
        Environment = Environment,
        Overrides = Overrides,
        WorkingFolder = _folder.Path,
        ProgramFolder = _folder["program"],
        Watch = Watch,
    });

    public ArchiverException Refusal() => Assert.Throws<ArchiverException>(Load);

    public void Dispose() => _folder.Dispose();
}
