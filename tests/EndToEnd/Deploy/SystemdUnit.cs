namespace Archiver.EndToEnd.Deploy;

/// <summary>deploy/systemd/archiver-poller.service.</summary>
internal static class SystemdUnit
{
    public const string Name = "systemd/archiver-poller.service";

    /// <summary>The value of a setting that stands there once.</summary>
    public static string Read(string setting) => Assert.Single(
        DeployFile.Read(Name).Split('\n'), line => line.StartsWith(setting + "=", StringComparison.Ordinal))[(setting.Length + 1)..];
}
