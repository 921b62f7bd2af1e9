using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Programs.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Contract.Settings;

public sealed class SettingCatalogTests : IDisposable
{
    private static readonly string[] Sources = [.. Repository.Sources.Where(static path => !path.EndsWith("/SettingCatalog.cs", StringComparison.Ordinal)).Select(Repository.Read)];

    private readonly SettingsLab _lab = new SettingsLab().Config("{}");

    public static TheoryData<string> Names { get; } =
        [.. typeof(SettingCatalog).GetProperties().Where(static p => p.PropertyType.IsAssignableTo(typeof(Setting))).Select(static p => p.Name)];

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Every_setting_is_in_the_catalog() =>
        Assert.Equal(Names.Select(static name => typeof(SettingCatalog).GetProperty(name.Data)!.GetValue(null)), SettingCatalog.All);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_setting_is_read_by_some_program(string name) =>
        Assert.Contains(Sources, text => text.Contains($"Get(SettingCatalog.{name})", StringComparison.Ordinal));

    [Fact]
    public void Every_default_has_the_form_that_its_setting_expects() =>
        Assert.All(SettingCatalog.All.Where(static setting => setting.Default is not null), static setting => Assert.True(setting.Form.Accepts(setting.Default!), setting.Name));

    [Fact]
    public void Queue_settings_that_are_not_set_are_what_the_catalog_says()
    {
        _lab.Environment["SQS_REQUEST_QUEUE_URL"] = "requests";

        Assert.Equal(new QueueSettings { Requests = "requests" }, QueueSettings.From(_lab.Load()));
    }

    [Fact]
    public void Settings_of_aws_that_are_not_set_are_what_the_catalog_says() =>
        Assert.Equal(new AwsSettings(), AwsSettings.From(_lab.Load()));

    [Theory]
    [InlineData("Archive:OnMissing=")]
    [InlineData("Processor:Parallelism=")]
    [InlineData("Destination:Prefix=")]
    public void A_setting_that_has_a_default_cannot_be_taken_away(string text)
    {
        _lab.Environment["S3_SOURCE_BUCKET"] = _lab.Environment["S3_DESTINATION_BUCKET"] = "some-bucket";
        _lab.Overrides.Add(text);

        var error = Assert.Throws<ArchiverException>(() => ArchiveSettings.From(_lab.Load()));

        Assert.Equal(ExitCode.Config, error.ExitCode);
        Assert.StartsWith($"{text.TrimEnd('=')} is not set: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_switch_that_is_taken_away_is_off()
    {
        _lab.Environment["DEBUG"] = "1";
        _lab.Overrides.Add("Log:Debug=");

        Assert.False(_lab.Load().Get(SettingCatalog.LogDebug));
    }

    [Fact]
    public void A_missing_optional_setting_that_is_needed_says_how_to_set_it() =>
        Assert.StartsWith(
            "Queue:Completions is not set: Queue that completion messages are sent to; if not set, none are sent. Set SQS_COMPLETION_QUEUE_URL in the environment, or Queue:Completions in ",
            Assert.Throws<ArchiverException>(() => _lab.Load().Require(SettingCatalog.QueueCompletions)).Message, StringComparison.Ordinal);
}
