
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Programs.Boundary;
using Archiver.Programs.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Contract.Settings;

public sealed class HandedSettingsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "", "download")]
    [InlineData("", "file", "file")]
    [InlineData("env", "file", "env")]
    public void A_processor_has_what_its_poller_had(string environment, string file, string expected)
    {
        var poller = Poller(new() { ["S3_FILE_PREFIX"] = environment }, file);

        Assert.Equal(expected, Processor(HandedSettings.Environment(poller), new() { ["S3_FILE_PREFIX"] = environment }).Get(SettingCatalog.DestinationPrefix));
    }

    [Fact]
    public void A_setting_of_the_command_line_wins_over_the_environment_on_both_sides()
    {
        var environment = new Dictionary<string, string> { ["AWS_REGION"] = "old" };
        var handed = HandedSettings.Environment(Poller(environment, "", "AWS:Region=new"));

        Assert.Null(handed["AWS_REGION"]);
        Assert.Equal("new", Processor(handed, environment).Get(SettingCatalog.AwsRegion));
    }

    [Fact]
    public void An_empty_setting_on_the_command_line_is_empty_in_the_processor_too() =>
        Assert.Null(Processor(HandedSettings.Environment(Poller([], "", "Destination:Prefix=")), []).Find(SettingCatalog.DestinationPrefix).Value);

    [Theory]
    [InlineData(null, null)]
    [InlineData("", 0)]
    [InlineData("*", 1)]
    public void No_list_of_sources_and_an_empty_one_stay_two_things(string? allowed, int? locations)
    {
        var poller = Poller(allowed is null ? [] : new() { ["ALLOWED_SOURCES"] = allowed }, "");

        Assert.Equal(locations, Processor(HandedSettings.Environment(poller), []).Get(SettingCatalog.SourceAllowed)?.Count);
    }

    [Fact]
    public void A_change_for_processors_wins_over_everything()
    {
        var environment = new Dictionary<string, string> { ["DEV_MODE"] = "1", ["LOG_FILE"] = "/tmp/poller.log" };
        var processor = Processor(HandedSettings.Environment(Poller(environment, ""), (SettingCatalog.LogReadable, "0"), (SettingCatalog.LogFile, "")), environment);

        Assert.Equal((false, null), (processor.Get(SettingCatalog.LogReadable), processor.Get(SettingCatalog.LogFile)));
    }

    [Fact]
    public void A_wrapper_may_export_other_settings() =>
        Assert.Equal("wrapper", Processor(HandedSettings.Environment(Poller([], "file")), new() { ["S3_FILE_PREFIX"] = "wrapper" }).Get(SettingCatalog.DestinationPrefix));

    [Fact]
    public void A_processor_with_handed_settings_reads_no_file()
    {
        var handed = HandedSettings.Environment(Poller([], "file"));
        File.WriteAllText(Path.Combine(_folder.Path, "config", "local.json"), "{ malformed");
        File.WriteAllText(Path.Combine(_folder.Path, ".env"), "S3_FILE_PREFIX=dotenv");

        Assert.Equal("file", Processor(handed, []).Get(SettingCatalog.DestinationPrefix));
    }

    [Fact]
    public void Other_programs_ignore_handed_settings()
    {
        var environment = Merge(HandedSettings.Environment(Poller([], "file")), []);
        File.Delete(Path.Combine(_folder.Path, "config", "local.json"));

        Assert.Equal("download", Load(environment, takesHanded: false).Get(SettingCatalog.DestinationPrefix));
        environment.Remove(ProcessorEnvironment.Supervised);
        Assert.Equal("download", Load(environment, takesHanded: true).Get(SettingCatalog.DestinationPrefix));
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("{\"Destination:Prefix\":1}")]
    [InlineData("{\"No:Such\":\"setting\"}")]
    [InlineData("{\"Destination:Prefix\":\"a/b\"}")]
    public void Malformed_handed_settings_are_a_wrong_configuration(string text)
    {
        var error = Assert.Throws<ArchiverException>(() => Processor(new Dictionary<string, string?> { [ProcessorEnvironment.Settings] = text }, []));

        Assert.Equal(ExitCode.Config, error.ExitCode);
        Assert.Contains(ProcessorEnvironment.Settings, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_too_long_for_one_variable_are_a_wrong_configuration()
    {
        var many = string.Join(',', Enumerable.Range(0, 10_000).Select(static i => $"s3://some-bucket-{i:d6}"));
        var error = Assert.Throws<ArchiverException>(() => HandedSettings.Environment(Poller([], "", $"Source:Allowed={many}")));

        Assert.Equal(ExitCode.Config, error.ExitCode);
        Assert.Contains("Source:Allowed", error.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string?> handed, Dictionary<string, string> environment) =>
        environment
        .Where(variable => !handed.ContainsKey(variable.Key)).Concat(handed.Where(static variable => variable.Value is not null).Select(static variable => KeyValuePair.Create(variable.Key, variable.Value!)))
        .Append(KeyValuePair.Create(ProcessorEnvironment.Supervised, "1")).ToDictionary();

    private ArchiverSettings Poller(Dictionary<string, string> environment, string prefixInFile, params string[] overrides)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "config"));
        File.WriteAllText(Path.Combine(_folder.Path, "config", "local.json"), $$$"""{"Destination":{"Prefix":"{{{prefixInFile}}}"}}""");
        return SettingsLoader.Load(new SettingsOptions { Environment = environment, Overrides = overrides, WorkingFolder = _folder.Path, ProgramFolder = _folder.Path });
    }

    private ArchiverSettings Processor(IReadOnlyDictionary<string, string?> handed, Dictionary<string, string> environment) =>
        Load(Merge(handed, environment), takesHanded: true);

    private ArchiverSettings Load(Dictionary<string, string> environment, bool takesHanded) => SettingsLoader.Load(
        new SettingsOptions { Environment = environment, WorkingFolder = _folder.Path, ProgramFolder = _folder.Path, TakesHanded = takesHanded });
}
