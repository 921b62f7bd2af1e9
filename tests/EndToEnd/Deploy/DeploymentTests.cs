using System.Globalization;
using Archiver.Programs.Settings;

namespace Archiver.EndToEnd.Deploy;

/// <summary>Every way of running the poller sets what there is, and gives it the time that it takes to stop.</summary>
public sealed class DeploymentTests
{
    /// <summary>What counts beside the settings, and why.</summary>
    private static readonly Dictionary<string, string> OtherVariables = new()
    {
        ["ARCHIVER_PROFILE"] = "picks the configuration file",
        ["ARCHIVER_DOTENV"] = "turns .env off",
        ["DOTNET_ROOT"] = "where the programs find the .NET runtime",
        ["SSL_CERT_FILE"] = "where .NET finds certificates",
    };

    // What a stop takes beside waiting: giving requests back, and the last log lines.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("ecs")]
    [InlineData("kubernetes")]
    [InlineData("systemd")]
    [InlineData("compose")]
    [InlineData("container")]
    public async Task Every_variable_is_a_setting_in_its_form(string name)
    {
        var deployment = await Deployment.ReadAsync(name);

        Assert.NotEmpty(deployment.Variables);
        Assert.All(deployment.Variables, static variable =>
        {
            var setting = SettingCatalog.All.SingleOrDefault(setting => setting.AllEnvironmentNames.Contains(variable.Key));
            Assert.True(setting is not null || OtherVariables.ContainsKey(variable.Key), $"{variable.Key} is no setting");
            Assert.True(setting is null || variable.Value is null || setting.Form.Accepts(variable.Value), $"{variable.Key}: {variable.Value} is not {setting?.Form.Expects}");
        });
    }

    [Theory]
    [InlineData("ecs")]
    [InlineData("kubernetes")]
    [InlineData("systemd")]
    [InlineData("compose")]
    public async Task A_stop_has_time_to_drain_and_to_clean_up(string name)
    {
        var deployment = await Deployment.ReadAsync(name);

        Assert.True(
            deployment.StopLimit > deployment.Duration(SettingCatalog.PollerDrainTimeout) + deployment.Duration(SettingCatalog.ProcessorGracePeriod) + Slack,
            $"{deployment.StopLimit}");
    }

    [Theory]
    [InlineData("ecs")]
    [InlineData("kubernetes")]
    [InlineData("systemd")]
    [InlineData("compose")]
    public async Task Requests_may_not_name_whatever_can_be_read(string name) => Assert.Contains("ALLOWED_SOURCES", (await Deployment.ReadAsync(name)).Variables);

    [Theory]
    [InlineData("ecs")]
    [InlineData("kubernetes")]
    [InlineData("systemd")]
    [InlineData("compose")]
    [InlineData("container")]
    public async Task A_processor_has_a_limit_of_memory_and_all_together_fit(string name)
    {
        var deployment = await Deployment.ReadAsync(name);

        Assert.Contains(SettingCatalog.ProcessorMemoryLimit.AllEnvironmentNames, deployment.Variables.ContainsKey);
        if (deployment.MemoryLimit is not { } memory)
            return;
        var limit = SettingCatalog.ProcessorMemoryLimit.AllEnvironmentNames.Select(deployment.Variables.GetValueOrDefault).OfType<string>().First();
        var archives = int.Parse(deployment.Variables.GetValueOrDefault("MAX_CONCURRENCY") ?? SettingCatalog.PollerMaxConcurrency.Default!, CultureInfo.InvariantCulture);
        // Beside it a processor may have 128 MiB, and the poller itself takes some.
        Assert.True(memory >= (archives * (SettingForm.SizeFrom(0).Read(limit)!.Value + (128L << 20))) + (256L << 20), $"{memory}");
    }

    [Theory]
    [InlineData("kubernetes")]
    [InlineData("compose")]
    [InlineData("container")]
    public async Task Probes_from_outside_a_container_are_answered(string name) => Assert.Equal("*", (await Deployment.ReadAsync(name)).Variables["HEALTH_ADDRESS"]);
}
