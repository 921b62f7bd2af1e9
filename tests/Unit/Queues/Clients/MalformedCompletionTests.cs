using System.Text;
using System.Text.Json;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Queues;
using Archiver.Queues.Clients;
using Archiver.Queues.Memory;

namespace Archiver.Tests.Queues.Clients;

/// <summary>Whatever stands on the completion queue, a client throws what its documentation names and nothing else.</summary>
public sealed class MalformedCompletionTests : IAsyncDisposable
{
    private const string Whole = """
        {"action":"archive","aipid":"mds2909","filenames":["a.jpg"],"timestamp":"2024-05-30T14:29:22Z","priority":"low","metadata":{"a":{"b":[1,2.5e3,null,true]}},
         "success":true,"message":"Files successfully archived.","substitutions":{"archiver_URL":"https://cdn.example.test/a.zip"},
         "archive":{"uri":"s3://b/a.zip","url":"https://cdn.example.test/a.zip","bytes":12,"files":1,"crc":"0a0b0c0d","duration_ms":5,"reused":false},
         "skipped":["x"],"error":{"code":"NOINPUT","exit_code":66,"detail":"gone"},"truncated":["metadata"],"album":{"x":"\ud83d\ude00"}}
        """;

    private static readonly string[] Pieces =
        ["", "null", "[]", "{}", "\"\\ud800\"", "\"\"", "1e999999", "-1", "123456789012345678901234567890", "0.5", "true", ",", "{", "]", "\"", ":", "\\u0000", "\u202E", "\uFFFD", "\"aipid\":\"b\",", "/*", "NaN"];

    private readonly MemoryMessageQueue _completions = new("completions");
    private readonly QueueArchiveClient _client;

    public MalformedCompletionTests() => _client = new QueueArchiveClient(new MemoryMessageQueue("requests"), _completions);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task Ten_thousand_mutations_are_read_or_unreadable()
    {
        var random = new Random(20261124);
        var (read, unreadable) = (0, 0);
        for (var i = 0; i < 10_000; i++)
        {
            var body = Mutate(Whole, random);
            if (body.Length == 0)
                continue;
            if (await IsReadAsync(body))
                read++;
            else
                unreadable++;
        }

        Assert.True(read > 100 && unreadable > 1000, $"{read} were read, {unreadable} were not.");
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Every_property_may_be_of_any_type(string value)
    {
        using var whole = JsonDocument.Parse(Whole);
        foreach (var property in whole.RootElement.EnumerateObject())
            await IsReadAsync(Whole.Replace($"\"{property.Name}\":{property.Value.GetRawText()}", $"\"{property.Name}\":{value}", StringComparison.Ordinal));
    }

    public static TheoryData<string> Values { get; } =
        ["null", "[]", "{}", "\"\"", "\"\\ud800\"", "[null]", "[\"\\udc00\"]", "{\"a\":null}", "{\"a\":1}", "1e999999", "-9223372036854775809", "true", "{\"\\ud800\":1}"];

    [Fact]
    public async Task A_request_with_half_a_character_is_refused_instead_of_changed()
    {
        ArchiveRequest[] requests =
        [
            new() { AipId = "a", FileNames = ["ok.jpg", "\uD800.jpg"] },
            new() { Files = [new RequestedFile("\uDC00.jpg")] },
            new() { FilesFrom = "list\uD800.jsonl" },
        ];

        foreach (var request in requests)
        {
            var error = await Assert.ThrowsAsync<ArchiverException>(() => _client.RequestArchiveAsync(request, null, Token));
            Assert.Equal(ExitCode.DataError, error.ExitCode);
        }
    }

    private async Task<bool> IsReadAsync(string body)
    {
        await _completions.SendAsync(new OutgoingMessage(body), Token);
        try
        {
            var received = (await _client.ReceiveCompletionAsync(TimeSpan.Zero, Token))!;
            await _client.DeleteMessageAsync(received.ReceiptHandle, Token);
            return true;
        }
        catch (UnreadableCompletionException error)
        {
            Assert.DoesNotContain('\n', error.Message);
            await _client.DeleteMessageAsync(error.Received.ReceiptHandle, Token);
            return false;
        }
    }

    private static string Mutate(string text, Random random)
    {
        var mutated = new StringBuilder(text);
        for (var times = random.Next(1, 4); times > 0 && mutated.Length > 0; times--)
        {
            var at = random.Next(mutated.Length);
            mutated.Remove(at, Math.Min(random.Next(0, 12), mutated.Length - at));
            mutated.Insert(at, Pieces[random.Next(Pieces.Length)]);
        }

        return mutated.ToString();
    }
}
