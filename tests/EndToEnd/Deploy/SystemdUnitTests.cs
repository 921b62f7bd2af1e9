using System.Globalization;
using System.Text.RegularExpressions;
using Archiver.Contract.Boundary;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.Deploy;

/// <summary>The unit, as systemd itself judges it.</summary>
public sealed partial class SystemdUnitTests : IDisposable
{
    // As measured with systemd 252, of 10: what remains is the network, a clock that can be read, and memory that code is compiled into.
    private const double Exposure = 1.2;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_valid()
    {
        var end = await AnalyzeAsync("verify", Installed());

        Assert.Equal("", end.Log.Text);
        Assert.Equal(0, end.ExitCode);
    }

    [Theory]
    [InlineData("KillMode=mixed", "KillMode=gently")]
    [InlineData("WatchdogSec=60", "WatchdogSeconds=60")]
    [InlineData("SystemCallFilter=@system-service", "SystemCallFilter=@everything")]
    [InlineData("After=network-online.target", "After=network-online")]
    public async Task A_spoiled_copy_is_refused(string text, string spoiled) => Assert.NotEqual("", (await AnalyzeAsync("verify", Installed(text, spoiled))).Log.Text);

    [Fact]
    public async Task It_can_do_little_to_the_machine() => Assert.InRange(await ExposureAsync(Installed()), 0.1, Exposure);

    [Theory]
    [InlineData("RestrictNamespaces=yes", "RestrictNamespaces=no")]
    [InlineData("CapabilityBoundingSet=", "")]
    [InlineData("PrivateUsers=yes", "PrivateUsers=no")]
    public async Task What_would_let_it_do_more_is_seen(string text, string spoiled) => Assert.True(await ExposureAsync(Installed(text, spoiled)) > Exposure);

    [Fact]
    public void Its_processors_are_not_told_to_stop_before_it_is_done() => Assert.Equal("mixed", SystemdUnit.Read("KillMode"));

    [Fact]
    public void A_processor_that_the_kernel_kills_does_not_end_the_service() => Assert.Equal("continue", SystemdUnit.Read("OOMPolicy"));

    [Fact]
    public void What_starting_again_does_not_mend_is_not_started_again() => Assert.Equal(
        [ExitCode.Usage, ExitCode.NoPermission, ExitCode.Config],
        SystemdUnit.Read("RestartPreventExitStatus").Split(' ').Select(static code => int.Parse(code, CultureInfo.InvariantCulture)));

    // As it would be installed, with the program where it is.
    private string Installed(string text = "", string spoiled = "")
    {
        var unit = DeployFile.Read(SystemdUnit.Name);
        Assert.Contains("\nExecStart=/opt/archiver/archiver-poller\n", unit, StringComparison.Ordinal);
        Assert.Contains(text, unit, StringComparison.Ordinal);
        unit = unit.Replace("/opt/archiver/archiver-poller", Repository.Poller, StringComparison.Ordinal);
        return _folder.Put("archiver-poller.service", text.Length == 0 ? unit : unit.Replace($"\n{text}\n", $"\n{spoiled}\n", StringComparison.Ordinal));
    }

    private async Task<double> ExposureAsync(string unit)
    {
        var end = await AnalyzeAsync("security", "--offline=true", unit);
        var level = Overall().Match(end.Output);
        Assert.True(level.Success, end.Output + end.Log.Text);
        return double.Parse(level.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private Task<ProgramEnd> AnalyzeAsync(params string[] arguments) => ProgramUnderTest.RunAsync("systemd-analyze", arguments, _folder.Path);

    [GeneratedRegex(@"Overall exposure level for \S+ ([0-9.]+)")]
    private static partial Regex Overall();
}
