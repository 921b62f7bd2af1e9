using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;

namespace Archiver.EndToEnd.Support;

/// <summary>Sends and receives by the AWS SDK for JavaScript: what other people's producers and consumers do, without our code.</summary>
public static class JavaScriptSqs
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "endpoints");

    /// <summary>Returns the message id.</summary>
    public static async Task<string> SendAsync(string queueUrl, string body, params IEnumerable<(string Name, string Value)> attributes)
    {
        var pairs = attributes.Select(attribute => $"{attribute.Name}={attribute.Value}");
        var result = await RunAsync(body, ["send", queueUrl, .. pairs]);
        return result.Trim();
    }

    /// <summary>Takes one message and deletes it; fails when none comes in 20 s.</summary>
    public static async Task<ReceivedMessage> ReceiveAsync(string queueUrl) =>
        JsonSerializer.Deserialize<ReceivedMessage>(await RunAsync("", ["receive", queueUrl]), JsonSerializerOptions.Web)!;

    private static async Task<string> RunAsync(string input, IEnumerable<string> arguments)
    {
        var result = await Cli.Wrap(FindNode())
            .WithArguments([Path.Combine(Folder, "sqs-client.mjs"), .. arguments])
            .WithEnvironmentVariables(Endpoints.ProcessEnvironment)
            .WithStandardInputPipe(PipeSource.FromString(input))
            .ExecuteBufferedAsync(TestContext.Current.CancellationToken);
        return result.StandardOutput;
    }

    /// <summary>The pinned one, as in sqs.sh, else the machine's.</summary>
    private static string FindNode() =>
        Directory.EnumerateDirectories(Path.Combine(Folder, "node_modules"), "node-linux-*")
            .Select(folder => Path.Combine(folder, "bin", "node"))
            .FirstOrDefault("node");
}

public sealed record ReceivedMessage(string Id, string Body, IReadOnlyDictionary<string, string> Attributes);
