using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Contract.Settings;

/// <summary>What is wrong stops the program at start, with one line that names it.</summary>
public sealed class SettingsErrorTests : IDisposable
{
    private readonly SettingsLab _lab = new SettingsLab().Config("{}");

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData("WAIT_TIME_SECONDS", "21", "Queue:WaitTime", "20s")]
    [InlineData("WAIT_TIME_SECONDS", "-1", "Queue:WaitTime", "duration")]
    [InlineData("MAX_NUMBER_OF_MESSAGES", "11", "Queue:MaxNumberOfMessages", "1 to 10")]
    [InlineData("MAX_NUMBER_OF_MESSAGES", "0", "Queue:MaxNumberOfMessages", "1 to 10")]
    [InlineData("MAX_CONCURRENCY", "many", "Poller:MaxConcurrency", "whole number")]
    [InlineData("MAX_CONCURRENCY", "2.5", "Poller:MaxConcurrency", "whole number")]
    [InlineData("DEBUG", "maybe", "Log:Debug", "true or false")]
    [InlineData("ARCHIVE_BASE_URL", "cdn.example.test", "Destination:BaseUrl", "http")]
    [InlineData("AWS_ENDPOINT_URL", "localhost:4566", "AWS:EndpointUrl", "http")]
    [InlineData("S3_SOURCE_BUCKET", "no bucket", "Source:Location", "bucket")]
    [InlineData("ALLOWED_SOURCES", "fine-bucket, no bucket", "Source:Allowed", "commas")]
    [InlineData("S3_FILE_PREFIX", "a/b", "Destination:Prefix", "letters")]
    [InlineData("ON_MISSING", "ignore", "Archive:OnMissing", "fail, retry, skip")]
    [InlineData("Processor__MemoryBudget", "1MiB", "Processor:MemoryBudget", "size")]
    public void A_malformed_setting_is_named_with_its_value_its_origin_and_what_it_must_be(string name, string value, string setting, string expects)
    {
        _lab.Environment[name] = value;

        var error = _lab.Refusal();

        Assert.Equal(ExitCode.Config, error.ExitCode);
        Assert.StartsWith($"{setting} is \"{value}\" (environment ({name})), but must be ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expects, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("AWS_ACCESS_KEY_ID", "some\nkey", "AWS:AccessKeyId")]
    [InlineData("AWS_SESSION_TOKEN", "some tök en", "AWS:SessionToken")]
    public void A_key_that_no_header_can_carry_is_named_and_not_shown(string name, string value, string setting)
    {
        _lab.Environment[name] = value;

        var error = _lab.Refusal();

        Assert.Equal(ExitCode.Config, error.ExitCode);
        Assert.StartsWith(setting, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(value, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_setting_is_named_with_what_to_set()
    {
        var error = Assert.Throws<ArchiverException>(() => ArchiveSettings.From(_lab.Load()));

        Assert.Equal(ExitCode.Config, error.ExitCode);
        Assert.StartsWith("Source:Location is not set", error.Message, StringComparison.Ordinal);
        Assert.Contains("S3_SOURCE_BUCKET", error.Message, StringComparison.Ordinal);
        Assert.Contains(_lab.ConfigPath, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_request_queue_is_named() =>
        Assert.StartsWith("Queue:Requests is not set", Assert.Throws<ArchiverException>(() => QueueSettings.From(_lab.Load())).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"Queue":{"Request":"typo"}}""", "Queue:Request")]
    [InlineData("""{"Sauce":{"Location":"./x"}}""", "Sauce:Location")]
    [InlineData("""{"Poller":{"MaxConcurrency":{"Value":"4"}}}""", "Poller:MaxConcurrency:Value")]
    public void A_setting_that_does_not_exist_is_named(string json, string name)
    {
        var error = _lab.Config(json).Refusal();

        Assert.Equal(ExitCode.Config, error.ExitCode);
        Assert.StartsWith($"{name} in {_lab.ConfigPath} is no setting", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("[]")]
    public void A_file_that_is_no_json_is_named(string json)
    {
        var error = _lab.Config(json).Refusal();

        Assert.Equal(ExitCode.Config, error.ExitCode);
        Assert.StartsWith(_lab.ConfigPath, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_profile_without_a_file_is_named()
    {
        _lab.Profile = "production";

        var error = _lab.Refusal();

        Assert.Equal(ExitCode.Config, error.ExitCode);
        Assert.Contains("\"production\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("production.json", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../local")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData(".hidden")]
    public void A_profile_s_name_is_no_path(string profile)
    {
        _lab.Profile = profile;

        Assert.Equal(ExitCode.Usage, _lab.Refusal().ExitCode);
    }

    [Theory]
    [InlineData("Nonsense:Setting=1")]
    [InlineData("Queue:Requests")]
    [InlineData("=1")]
    [InlineData("")]
    public void A_malformed_override_is_a_wrong_command_line(string text)
    {
        _lab.Overrides.Add(text);

        Assert.Equal(ExitCode.Usage, _lab.Refusal().ExitCode);
    }

    [Fact]
    public void A_dot_env_that_cannot_be_read_is_named()
    {
        var error = _lab.DotEnv("this is = not = an env\n\"\n").Refusal();

        Assert.Equal(ExitCode.Config, error.ExitCode);
        Assert.Contains(".env", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Secrets_are_never_shown()
    {
        _lab.Environment["AWS_ACCESS_KEY_ID"] = "AKIAEXAMPLE";
        _lab.Environment["AWS_SECRET_ACCESS_KEY"] = "very-secret";
        _lab.Environment["AWS_SESSION_TOKEN"] = "also-secret";

        var settings = _lab.Load();

        Assert.Equal("********", settings.Find(SettingCatalog.AwsSecretAccessKey).Shown);
        Assert.Equal("********", settings.Find(SettingCatalog.AwsSessionToken).Shown);
        Assert.Equal("AKIAEXAMPLE", settings.Find(SettingCatalog.AwsAccessKeyId).Shown);
        Assert.Equal("very-secret", AwsSettings.From(settings).SecretAccessKey);
        Assert.DoesNotContain("secret", $"{AwsSettings.From(settings)}", StringComparison.Ordinal);
    }
}
