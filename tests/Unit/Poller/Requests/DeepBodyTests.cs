using System.Text.Json;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Poller.Requests;
using Archiver.Queues;
using Archiver.Queues.Clients;
using Archiver.Queues.Memory;

namespace Archiver.Tests.Poller.Requests;

/// <summary>Bodies as large as a message may be, and nested as deeply as that allows: a parser without a limit would end the process.</summary>
public sealed class DeepBodyTests
{
    public static TheoryData<string> Openings { get; } = ["[", "{\"a\":", "{\"aipid\":\"a\",\"metadata\":", "{\"files\":[", "{\"aipid\":\"a\",\"timestamp\":\"2024-05-30\",\"x\":"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Openings))]
    public async Task Everyone_who_reads_a_body_gives_up_in_time(string opening)
    {
        var body = string.Concat(Enumerable.Repeat(opening, 1_048_576 / opening.Length));

        var request = IncomingRequest.Read(Message(body));
        Assert.Equal((body, null, "m"), (request.Content.Body, request.Echo.AipId, request.AipId));
        Assert.Equal(ExitCode.DataError, Assert.Throws<ArchiverException>(() => RequestReader.Parse(body)).ExitCode);
        await using var completions = new MemoryMessageQueue("completions");
        await using var client = new QueueArchiveClient(new MemoryMessageQueue("requests"), completions);
        await completions.SendAsync(new OutgoingMessage(body), Token);
        await Assert.ThrowsAsync<UnreadableCompletionException>(() => client.ReceiveCompletionAsync(TimeSpan.Zero, Token));
    }

    [Fact]
    public void Notifications_within_notifications_are_opened_to_the_last()
    {
        var body = """{"aipid":"a"}""";
        while (Wrap(body) is { Length: <= 1_048_576 } wrapped)
            body = wrapped;

        Assert.Equal("""{"aipid":"a"}""", IncomingRequest.Read(Message(body)).Content.Body);
    }

    private static string Wrap(string body) => $$"""{"Type":"Notification","TopicArn":"arn:aws:sns:eu-central-1:1:t","Message":{{JsonSerializer.Serialize(body)}}}""";

    private static ReceivedMessage Message(string body) => new() { MessageId = "m", ReceiptHandle = "r", Body = body };
}
