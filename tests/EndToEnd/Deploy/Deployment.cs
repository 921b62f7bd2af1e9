using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Archiver.Programs.Settings;

namespace Archiver.EndToEnd.Deploy;

/// <summary>A way of running the poller: what it finds in its environment, and how long the platform waits for its stop.</summary>
/// <param name="Variables">By name; a value that only the installation knows is null.</param>
/// <param name="StopLimit">Null where nobody ends it.</param>
/// <param name="MemoryLimit">The least that poller and processors have together; null where that is the machine's.</param>
internal sealed record Deployment(IReadOnlyDictionary<string, string?> Variables, TimeSpan? StopLimit, long? MemoryLimit = null)
{
    public static async Task<Deployment> ReadAsync(string name) => name switch
    {
        "ecs" => Ecs(await DeployFile.DocumentAsync("ecs/archiver.yaml")),
        "kubernetes" => new(DeployFile.Variables("kubernetes/settings.env"),
            Seconds((await PodAsync())["terminationGracePeriodSeconds"]!.ToJsonString()), Size((await PodAsync())["containers"]![0]!["resources"]!["limits"]!["memory"]!.GetValue<string>())),
        "systemd" => new(DeployFile.Variables("systemd/archiver.env"), Seconds(SystemdUnit.Read("TimeoutStopSec"))),
        "compose" => Compose((await DeployFile.DocumentAsync("compose/docker-compose.yml"))["services"]!["poller"]!),
        "container" => new(EnvironmentOf(DeployFile.Read("container/Dockerfile")), null),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such folder"),
    };

    public TimeSpan Duration(Setting setting) =>
        SettingForm.Duration.Read(setting.AllEnvironmentNames.Select(Variables.GetValueOrDefault).FirstOrDefault(static value => value is not null) ?? setting.Default!)!.Value;

    private static async Task<JsonNode> PodAsync() => (await DeployFile.DocumentAsync("kubernetes/deployment.yaml"))["spec"]!["template"]!["spec"]!;

    private static Deployment Ecs(JsonNode template) => Ecs(
        Assert.Single(template["Resources"]!["TaskDefinition"]!["Properties"]!["ContainerDefinitions"]!.AsArray())!,
        template["Parameters"]!["Memory"]!["AllowedValues"]!.AsArray().Min(static value => value!.GetValue<long>()) << 20);

    private static Deployment Ecs(JsonNode container, long memory) => new(
        container["Environment"]!.AsArray().Select(static variable => variable!["Fn::If"]?[1] ?? variable)
            .ToDictionary(static variable => variable["Name"]!.GetValue<string>(), static variable => Literal(variable["Value"]!)),
        Seconds(container["StopTimeout"]!.ToJsonString()), memory);

    private static Deployment Compose(JsonNode service) => new(
        service["environment"]!.AsObject().ToDictionary(static variable => variable.Key, static variable => Literal(variable.Value!)),
        SettingForm.Duration.Read(service["stop_grace_period"]!.GetValue<string>()), Size(service["mem_limit"]!.GetValue<string>()));

    private static string? Literal(JsonNode value) => value is JsonValue text ? text.GetValue<string>() : null;

    // Kubernetes writes 2Gi, Compose 2g.
    private static long Size(string text) => SettingForm.SizeFrom(0).Read(text.EndsWith('i') ? text + "B" : text)!.Value;

    private static TimeSpan Seconds(string number) => TimeSpan.FromSeconds(int.Parse(number, CultureInfo.InvariantCulture));

    private static Dictionary<string, string?> EnvironmentOf(string dockerfile)
    {
        var lines = dockerfile.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Where(static line => line.StartsWith("ENV ", StringComparison.Ordinal));
        return lines.SelectMany(static line => Regex.Matches(line, @"(\w+)=(\S+)")).ToDictionary(static match => match.Groups[1].Value, static string? (match) => match.Groups[2].Value);
    }
}
