using Archiver.Programs.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Contract.Settings;

/// <summary>Command line before environment before .env before file before default.</summary>
public sealed class SettingsPrecedenceTests : IDisposable
{
    private readonly SettingsLab _lab = new();

    public static TheoryData<bool, bool, bool, bool> EveryCombination { get; } =
        [.. Enumerable.Range(0, 16).Select(static bits => new TheoryDataRow<bool, bool, bool, bool>((bits & 8) != 0, (bits & 4) != 0, (bits & 2) != 0, (bits & 1) != 0))];

    public void Dispose() => _lab.Dispose();

    [Theory]
    [MemberData(nameof(EveryCombination))]
    public void The_highest_layer_that_has_a_value_counts(bool commandLine, bool environment, bool dotEnv, bool file)
    {
        if (commandLine)
            _lab.Overrides.Add("Destination:Prefix=from-command-line");
        if (environment)
            _lab.Environment["S3_FILE_PREFIX"] = "from-environment";
        if (dotEnv)
            _lab.DotEnv("S3_FILE_PREFIX=from-dot-env\n");
        _lab.Config(file ? """{"Destination":{"Prefix":"from-file"}}""" : "{}");

        var found = _lab.Load().Find(SettingCatalog.DestinationPrefix);

        var (value, origin) = (commandLine, environment, dotEnv, file) switch
        {
            (true, _, _, _) => ("from-command-line", "command line"),
            (_, true, _, _) => ("from-environment", "environment (S3_FILE_PREFIX)"),
            (_, _, true, _) => ("from-dot-env", ".env (S3_FILE_PREFIX)"),
            (_, _, _, true) => ("from-file", _lab.ConfigPath),
            _ => ("download", "default"),
        };
        Assert.Equal((value, origin), (found.Value, found.Origin));
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("", null, 0)]
    [InlineData(null, "", 0)]
    [InlineData("some-bucket", "", 0)]
    [InlineData("", "some-bucket", 1)]
    public void An_empty_list_of_sources_is_not_the_same_as_no_list(string? inConfig, string? inEnvironment, int? locations)
    {
        if (inConfig is not null)
            _lab.Config($"{{\"Source\":{{\"Allowed\":\"{inConfig}\"}}}}");
        if (inEnvironment is not null)
            _lab.Environment["ALLOWED_SOURCES"] = inEnvironment;

        Assert.Equal(locations, _lab.Load().Get(SettingCatalog.SourceAllowed)?.Count);
    }

    [Fact]
    public void An_empty_list_of_sources_can_be_set_on_the_command_line()
    {
        _lab.Environment["ALLOWED_SOURCES"] = "some-bucket";
        _lab.Overrides.Add("Source:Allowed=");

        Assert.Empty(_lab.Load().Get(SettingCatalog.SourceAllowed)!);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", false)]
    [InlineData("*", false)]
    [InlineData("some-bucket", false)]
    public void Operators_who_have_not_set_the_allowed_sources_are_warned(string? allowed, bool warned)
    {
        if (allowed is not null)
            _lab.Environment["ALLOWED_SOURCES"] = allowed;
        _lab.Environment["S3_SOURCE_BUCKET"] = _lab.Environment["S3_DESTINATION_BUCKET"] = "some-bucket";

        Assert.Equal(warned, ArchiveSettings.From(_lab.Load()).OpenSourcesWarning is not null);
    }

    [Fact]
    public void The_first_name_in_the_environment_counts_most()
    {
        _lab.Environment["SQS_SOURCE_QUEUE"] = "second";
        _lab.Environment["SQS_REQUEST_QUEUE_URL"] = "first";
        _lab.Environment["Queue__Requests"] = "third";

        Assert.Equal("first", _lab.Load().Get(SettingCatalog.QueueRequests));
    }

    [Fact]
    public void A_variable_that_is_set_to_nothing_counts_as_not_set()
    {
        _lab.Environment["S3_FILE_PREFIX"] = "";
        _lab.DotEnv("ARCHIVE_BASE_URL=\n");
        _lab.Config("""{"Destination":{"Prefix":"from-file","BaseUrl":"https://cdn.example.test"}}""");

        var settings = _lab.Load();

        Assert.Equal("from-file", settings.Get(SettingCatalog.DestinationPrefix));
        Assert.Equal("https://cdn.example.test", settings.Get(SettingCatalog.DestinationBaseUrl));
    }

    [Fact]
    public void A_value_in_the_file_that_is_empty_only_holds_its_place()
    {
        _lab.Config("""{"Destination":{"Prefix":""},"Queue":{"Requests":""}}""");

        var settings = _lab.Load();

        Assert.Equal("download", settings.Get(SettingCatalog.DestinationPrefix));
        Assert.Null(settings.Find(SettingCatalog.QueueRequests).Value);
    }

    [Fact]
    public void Nothing_on_the_command_line_takes_a_value_away()
    {
        _lab.Environment["LOG_FILE"] = "/var/log/archiver.log";
        _lab.Overrides.Add("Log:File=");

        Assert.Null(_lab.Load().Get(SettingCatalog.LogFile));
    }

    [Fact]
    public void The_last_of_repeated_settings_on_the_command_line_counts()
    {
        _lab.Overrides.AddRange(["Destination:Prefix=one", "destination:prefix=two"]);

        Assert.Equal("two", _lab.Load().Get(SettingCatalog.DestinationPrefix));
    }

    [Fact]
    public void The_profile_picks_the_file()
    {
        _lab.Config("""{"Destination":{"Prefix":"aws"}}""", "aws").Config("{}");

        _lab.Environment["ARCHIVER_PROFILE"] = "aws";
        Assert.Equal("aws", _lab.Load().Get(SettingCatalog.DestinationPrefix));

        _lab.Profile = "local";
        Assert.Equal("download", _lab.Load().Get(SettingCatalog.DestinationPrefix));
    }

    [Fact]
    public void Without_any_file_the_local_profile_is_built_in()
    {
        var settings = _lab.Load();

        Assert.Equal(("local", "config/local.json (built in)"), (settings.Profile, settings.File));
        Assert.StartsWith("sqlite:", settings.Get(SettingCatalog.QueueRequests), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dot_env_file_may_have_quotes_comments_and_exports()
    {
        _lab.DotEnv(
            """
            # a comment
            export S3_FILE_PREFIX="quoted"
            ARCHIVE_BASE_URL='https://cdn.example.test/a' # another comment
            DEBUG=0
            DEBUG=1
            """);

        var settings = _lab.Load();

        Assert.Equal("quoted", settings.Get(SettingCatalog.DestinationPrefix));
        Assert.Equal("https://cdn.example.test/a", settings.Get(SettingCatalog.DestinationBaseUrl));
        Assert.True(settings.Get(SettingCatalog.LogDebug));
        Assert.Null(Environment.GetEnvironmentVariable("S3_FILE_PREFIX"));
    }
}
