using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Programs.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Contract.Settings;

/// <summary>A mistake in the settings stops the program at start, with one line that names it.</summary>
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
        Assert.StartsWith($"{name} in {_lab.ConfigPath} is not a setting", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Poller__MaxConcurency", "did you mean Poller__MaxConcurrency?")]
    [InlineData("POLLER__MAXCONCURRENCY", "did you mean Poller__MaxConcurrency?")]
    [InlineData("Poler__MaxConcurrency", "did you mean Poller__MaxConcurrency?")]
    [InlineData("Queue__Nonsense", "is not a setting.")]
    [InlineData("Queue__Requests__0", "did you mean Queue__Requests?")]
    [InlineData("aws__Nonsense", "is not a setting.")]
    [InlineData("ARCHIVER_PROFIL", "did you mean ARCHIVER_PROFILE?")]
    [InlineData("ARCHIVER_DOT_ENV", "did you mean ARCHIVER_DOTENV?")]
    public void A_misspelt_setting_in_the_environment_or_in_dot_env_is_named(string name, string says)
    {
        var inDotEnv = new SettingsLab().Config("{}").DotEnv($"{name}=1\n").Refusal();
        _lab.Environment[name] = "1";
        var inEnvironment = _lab.Refusal();

        Assert.Equal((ExitCode.Config, ExitCode.Config), (inEnvironment.ExitCode, inDotEnv.ExitCode));
        Assert.StartsWith($"{name} in the environment is not a setting", inEnvironment.Message, StringComparison.Ordinal);
        Assert.StartsWith($"{name} in .env is not a setting", inDotEnv.Message, StringComparison.Ordinal);
        Assert.EndsWith(says, inEnvironment.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Logging__LogLevel__Default", "Debug")]
    [InlineData("ConnectionStrings__Main", "x")]
    [InlineData("ARCHIVER_PORT", "tcp://10.0.0.1:80")]
    [InlineData("ARCHIVER_SERVICE_HOST", "10.0.0.1")]
    [InlineData("__CF_USER_TEXT_ENCODING", "0x1F5")]
    [InlineData("MAX_CONCURENCY", "4")]
    [InlineData("Poller__MaxConcurency", "")]
    public void What_is_set_for_others_or_to_nothing_is_left_alone(string name, string value)
    {
        _lab.Environment[name] = value;

        Assert.NotNull(_lab.Load());
    }

    [Theory]
    [InlineData("{\n  \"Poller\": { \"MaxConcurrency\" 4 }\n}", "is not valid JSON in line 2, column 32.")]
    [InlineData("{\"Poller\": {}", "is not valid JSON in line 1, column ")]
    [InlineData("{\"A\": \"\u00ff\"}", "is not valid JSON: it is not UTF-8.")]
    [InlineData("{\"Log\": {\"Debug\": \"1\", \"debug\": \"0\"}}", "is not valid JSON: A duplicate key")]
    public void A_malformed_file_is_named_with_the_place_of_its_mistake(string json, string says)
    {
        _lab.Config(System.Text.Encoding.Latin1.GetBytes(json));

        Assert.StartsWith($"{_lab.ConfigPath} {says}", _lab.Refusal().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_and_comments_are_no_mistake()
    {
        _lab.Config([.. "\ufeff"u8, .. "// mine\n{ \"Poller\": { \"MaxConcurrency\": 7, }, }"u8]);

        Assert.Equal(7, _lab.Load().Get(SettingCatalog.PollerMaxConcurrency));
    }

    [Fact]
    public void A_profile_that_is_a_folder_is_named()
    {
        Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(_lab.ConfigPath)!, "mine.json"));
        _lab.Profile = "mine";

        Assert.Contains("mine.json is a folder", _lab.Refusal().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("secret\n")]
    [InlineData("\u001b[2J")]
    public void A_value_with_a_control_character_is_refused_and_shown_without(string value)
    {
        _lab.Environment["LOG_FILE"] = value;

        var error = _lab.Refusal();

        Assert.Equal(ExitCode.Config, error.ExitCode);
        Assert.StartsWith("Log:File is ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Fact]
    public void A_very_long_value_is_shown_by_its_beginning()
    {
        _lab.Environment["MAX_CONCURRENCY"] = new string('9', 100_000);

        Assert.InRange(_lab.Refusal().Message.Length, 200, 400);
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

    [Theory]
    [InlineData("A=1\nAWS_SECRET_ACCESS_KEY hunter2\n", "line 2 ")]
    [InlineData("A=1\n\nB = hunter2 = \"\n", "line 3 ")]
    [InlineData("AWS_SECRET_ACCESS_KEY=\"hunter2\nA=1\n", "line ")]
    public void A_malformed_dot_env_is_reported_by_line_and_never_quoted(string text, string line)
    {
        var error = _lab.DotEnv(text).Refusal();

        Assert.Contains($".env cannot be read: {line}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("false")]
    public void Dot_env_can_be_turned_off(string off)
    {
        _lab.DotEnv("Processor__Path=/tmp/evil\nMAX_CONCURRENCY=many\n").Environment["ARCHIVER_DOTENV"] = off;

        Assert.Null(_lab.Load().Get(SettingCatalog.ProcessorPath));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    public void Dot_env_stays_on_otherwise(string on)
    {
        _lab.DotEnv("MAX_CONCURRENCY=3\n").Environment["ARCHIVER_DOTENV"] = on;

        Assert.Equal(3, _lab.Load().Get(SettingCatalog.PollerMaxConcurrency));
    }

    [Fact]
    public void The_switch_for_dot_env_must_be_well_formed()
    {
        _lab.Environment["ARCHIVER_DOTENV"] = "maybe";

        Assert.StartsWith("ARCHIVER_DOTENV is \"maybe\", but must be ", _lab.Refusal().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS:SecretAccessKey")]
    [InlineData("aws:sessiontoken")]
    public void A_secret_on_the_command_line_is_refused_and_not_repeated(string name)
    {
        _lab.Overrides.Add($"{name}=hunter2");

        var error = _lab.Refusal();

        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains("AWS_SE", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_may_be_taken_away_on_the_command_line()
    {
        _lab.Environment["AWS_SECRET_ACCESS_KEY"] = "hunter2";
        _lab.Overrides.Add("AWS:SecretAccessKey=");

        Assert.Null(_lab.Load().Get(SettingCatalog.AwsSecretAccessKey));
    }

    [Theory]
    [InlineData("Poller:MaxConcurency=1", "did you mean Poller:MaxConcurrency?")]
    [InlineData("Nonsense:Setting=1", "lists.")]
    public void A_misspelt_override_is_answered_with_what_was_meant(string text, string says)
    {
        _lab.Overrides.Add(text);

        Assert.EndsWith(says, _lab.Refusal().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_in_urls_are_never_shown()
    {
        _lab.Environment["AWS_ENDPOINT_URL"] = "https://user:hunter2@host.test/x";
        _lab.Environment["SCHEMA_FILE"] = "https://host.test/schema.json?X-Amz-Signature=hunter2";

        var settings = _lab.Load();

        Assert.Equal("https://********@host.test/x", settings.Find(SettingCatalog.AwsEndpointUrl).Shown);
        Assert.Equal("https://host.test/schema.json?********", settings.Find(SettingCatalog.PollerSchemaFile).Shown);

        _lab.Environment["ARCHIVE_BASE_URL"] = "ftp://user:hunter2@host.test";
        Assert.DoesNotContain("hunter2", _lab.Refusal().Message, StringComparison.Ordinal);
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
