using System.Security.Cryptography;
using Archiver.Contract.Boundary;
using Archiver.Poller.Jobs;
using Archiver.Poller.Leases;
using Archiver.Poller.Requests;
using Archiver.Poller.Retries;
using Archiver.Poller.Settling;
using Archiver.Queues;
using Archiver.Queues.Local;
using Archiver.Queues.Memory;
using Archiver.Tests.Support;
using Serilog.Core;

namespace Archiver.Tests.Poller.Settling;

/// <summary>Ends of messages on queues that fail. A stop is under way, so that nothing is waited for.</summary>
public sealed class SettlementTests : IAsyncDisposable
{
    private const int MaxReceives = 3;

    private static readonly DispositionPolicy Policy = new(new Backoff(TimeSpan.Zero, TimeSpan.Zero), MaxReceives, HasDeadLetterQueue: true);

    private readonly MemoryMessageQueue _queue = new("requests.fifo", new LocalQueueOptions { MaxReceiveCount = MaxReceives });
    private readonly FaultyQueue _requests;
    private readonly FaultyQueue _completions = new(new MemoryMessageQueue("completions.fifo"));
    private readonly FaultyQueue _deadLetters;
    private readonly LeaseRenewer _leases;

    public SettlementTests()
    {
        _requests = new FaultyQueue(_queue);
        _deadLetters = new FaultyQueue(_queue.OpenDeadLetters()!);
        _leases = new LeaseRenewer(_requests, TimeSpan.FromSeconds(30), TimeProvider.System, Logger.None);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _leases.DisposeAsync();
        await _requests.DisposeAsync();
        await _completions.DisposeAsync();
        await _deadLetters.DisposeAsync();
    }

    [Theory]
    [InlineData(ExitCode.NoPermission)]
    [InlineData(ExitCode.DataError)]
    [InlineData(ExitCode.Unavailable)]
    public async Task An_archive_whose_completion_cannot_be_sent_is_told_of_in_the_dead_letter_queue_at_the_last_receive(int exitCode)
    {
        _completions.SendFails = _ => exitCode;

        var first = await EndAsync(await ReceiveAsync(1), Archived);
        var last = await EndAsync(await ReceiveAsync(2), Archived);

        Assert.Equal((DispositionKind.Release, DispositionKind.Reject), (first.Kind, last.Kind));
        Assert.Equal(exitCode == ExitCode.DataError ? OutageSign.None : OutageSign.Possible, last.Outage);
        var dead = Assert.Single(_deadLetters.Sent);
        Assert.Equal("UNTOLD", dead.Attributes["Archiver-Code"].StringValue);
        Assert.Contains("s3://some-destination/8f4e/download-2024-05-30.zip", dead.Attributes["Archiver-Reason"].StringValue, StringComparison.Ordinal);
        Assert.Contains("told to fail", dead.Attributes["Archiver-Reason"].StringValue, StringComparison.Ordinal);
        await IsGoneAsync();
    }

    [Fact]
    public async Task A_failure_whose_completion_cannot_be_sent_says_so_in_the_dead_letter_queue()
    {
        _completions.SendFails = _ => ExitCode.NoPermission;

        Assert.Equal(DispositionKind.Reject, (await EndAsync(await ReceiveAsync(MaxReceives), Failed(75))).Kind);

        var dead = Assert.Single(_deadLetters.Sent);
        Assert.Equal("TEMPFAIL", dead.Attributes["Archiver-Code"].StringValue);
        Assert.Equal("Some reason. Moreover, its completion could not be sent: told to fail", dead.Attributes["Archiver-Reason"].StringValue);
    }

    [Fact]
    public async Task A_completion_that_is_refused_is_sent_as_short_as_can_be()
    {
        _completions.SendFails = static message => message.Attributes.Count > 0 || message.Body.Length > 1_024 ? ExitCode.DataError : null;

        Assert.Equal(DispositionKind.Complete, (await EndAsync(await ReceiveAsync(1, $$"""{"aipid":"a","x":"{{new string('x', 5_000)}}"}"""), Archived)).Kind);

        Assert.Contains("\"success\":true", Assert.Single(_completions.Sent).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_letter_queue_that_refuses_at_the_last_receive_leaves_the_request_in_its_own_queue()
    {
        _deadLetters.SendFails = _ => ExitCode.NoPermission;
        var message = await ReceiveAsync(MaxReceives);

        Assert.Equal(DispositionKind.PutBack, (await EndAsync(message, Failed(66))).Kind);

        var again = Arrival.Of(Assert.Single(await _requests.ReceiveAsync(1, TimeSpan.Zero, Token)));
        Assert.Equal((message.MessageId, 1, MaxReceives - 1), (again.Original.MessageId, again.Message.ReceiveCount, again.EarlierTries));
        Assert.NotEqual(message.MessageId, again.Message.MessageId);

        _deadLetters.SendFails = static _ => null;
        Assert.Equal(DispositionKind.Reject, (await EndAsync(again.Message, Failed(75))).Kind);
        Assert.Equal(message.MessageId, Assert.Single(_deadLetters.Sent).Attributes["Archiver-Message-Id"].StringValue);
        await IsGoneAsync();
    }

    [Fact]
    public async Task A_dead_letter_that_is_refused_as_it_is_goes_without_the_request_s_attributes_packed_or_in_two()
    {
        _deadLetters.SendFails = static message => message.Attributes.Count > 0 && !message.Body.StartsWith("This is not a request", StringComparison.Ordinal) ? ExitCode.DataError : null;
        var body = Convert.ToHexString(RandomNumberGenerator.GetBytes(500));

        Assert.Equal(DispositionKind.Reject, (await EndAsync(await ReceiveAsync(1, body), Failed(65), largest: 1 << 20)).Kind);

        Assert.Equal(body, _deadLetters.Sent[0].Body);
        Assert.Equal(2, _deadLetters.Sent.Count);
        Assert.Equal("Some reason.", _deadLetters.Sent[1].Attributes["Archiver-Reason"].StringValue);
        await IsGoneAsync();
    }

    [Fact]
    public async Task A_request_that_the_dead_letter_queue_has_no_room_for_is_told_of_there_and_left_to_the_redrive_policy()
    {
        _deadLetters.SendFails = static message => message.Body.Length > 1_024 ? ExitCode.DataError : null;
        var body = Convert.ToHexString(RandomNumberGenerator.GetBytes(5_000));
        var message = await ReceiveAsync(1, body);

        var first = await EndAsync(message, Failed(65), largest: 1_024);
        Assert.Equal(DispositionKind.Release, first.Kind);
        Assert.Empty(_completions.Sent);
        var last = await EndAsync(await ReceiveAgainAsync(times: MaxReceives - 1), Failed(65), largest: 1_024);

        Assert.Equal((DispositionKind.Release, OutageSign.None), (last.Kind, last.Outage));
        Assert.Single(_completions.Sent);
        Assert.Empty(await _requests.ReceiveAsync(1, TimeSpan.Zero, Token));
        var notice = Assert.Single(_deadLetters.Sent);
        Assert.Equal(message.MessageId, notice.Attributes["Archiver-Message-Id"].StringValue);
        var whole = Assert.Single(await _deadLetters.ReceiveAsync(1, TimeSpan.Zero, Token));
        Assert.Equal((message.MessageId, body), (whole.MessageId, whole.Body));
    }

    [Fact]
    public async Task A_stop_at_the_last_receive_puts_the_request_back_before_the_old_message_is_deleted()
    {
        _requests.DeleteFails = ExitCode.Unavailable;
        var message = await ReceiveAsync(MaxReceives);

        await EndAsync(message, Failed(143));

        Assert.Single(_requests.Sent);
        Assert.Empty(_completions.Sent);
        Assert.Empty(_deadLetters.Sent);
    }

    [Fact]
    public async Task A_stopped_request_that_cannot_be_put_back_is_rejected_with_its_reason()
    {
        _requests.SendFails = _ => ExitCode.NoPermission;

        Assert.Equal(DispositionKind.Reject, (await EndAsync(await ReceiveAsync(MaxReceives), Failed(143))).Kind);

        Assert.Equal("Some reason. Moreover, it could not be put back: told to fail", Assert.Single(_deadLetters.Sent).Attributes["Archiver-Reason"].StringValue);
        Assert.Single(_completions.Sent);
    }

    [Fact]
    public async Task An_archived_request_that_cannot_be_deleted_is_told_of_before_the_queue_moves_it()
    {
        _requests.DeleteFails = ExitCode.NoPermission;

        Assert.Equal(DispositionKind.Release, (await EndAsync(await ReceiveAsync(MaxReceives), Archived)).Kind);

        Assert.Equal("UNDELETED", Assert.Single(_deadLetters.Sent).Attributes["Archiver-Code"].StringValue);
        Assert.Single(_completions.Sent);
    }

    [Fact]
    public async Task On_fifo_queues_a_failure_that_was_told_does_not_hide_a_later_success()
    {
        _deadLetters.SendFails = _ => ExitCode.NoPermission;
        await EndAsync(await ReceiveAsync(1), Failed(66));

        await EndAsync(await ReceiveAgainAsync(), Archived);

        Assert.Equal(2, (await _completions.GetPropertiesAsync(Token)).Visible);
    }

    [Fact]
    public async Task On_fifo_queues_a_dead_letter_whose_answer_is_lost_stands_there_once()
    {
        var lost = 2;
        _deadLetters.SendFails = message =>
        {
            if (lost-- <= 0)
                return null;
            _deadLetters.Sent.Add(message);
            return ExitCode.Unavailable;
        };

        await EndAsync(await ReceiveAsync(MaxReceives), Failed(66), stopped: false);

        Assert.Equal(3, _deadLetters.Sent.Count);
        Assert.Single(_deadLetters.Sent.Select(static message => message.DeduplicationId).Distinct());
    }

    private static ProcessorOutcome Archived => new(ExitCode.Ok, Some.Success);

    private static ProcessorOutcome Failed(int exitCode) => ProcessorOutcome.Failed(exitCode, "Some reason.");

    private async Task<ReceivedMessage> ReceiveAsync(int times, string body = """{"aipid":"mds2909"}""")
    {
        if (Sends == 0)
            await _queue.SendAsync(new OutgoingMessage(body) { Attributes = new Dictionary<string, MessageAttribute> { ["Correlation-Id"] = MessageAttribute.Text("42") } }, Token);
        Sends++;
        return await ReceiveAgainAsync(times);
    }

    private int Sends { get; set; }

    private async Task<ReceivedMessage> ReceiveAgainAsync(int times = 1)
    {
        while (true)
        {
            var message = Assert.Single(await _requests.ReceiveAsync(1, TimeSpan.Zero, Token));
            if (--times == 0)
                return message;
            await _requests.ChangeVisibilityAsync(message.ReceiptHandle, TimeSpan.Zero, Token);
        }
    }

    private async Task<Disposition> EndAsync(ReceivedMessage message, ProcessorOutcome outcome, int largest = 1 << 20, bool stopped = true)
    {
        using var lease = _leases.Hold(message.ReceiptHandle);
        var ended = new EndedMessage(IncomingRequest.Read(message), outcome, lease, Logger.None);
        var settlement = new Settlement(new MessageQueues(_requests, new BoundedQueue(_completions, 1 << 20), new BoundedQueue(_deadLetters, largest)), _leases, TimeProvider.System);
        var end = new WorkEnd(outcome.ExitCode, message.ReceiveCount) { EarlierTries = ended.Request.Arrival.EarlierTries, TooLargeToKeep = settlement.IsTooLargeToKeep(ended) };
        var disposition = await settlement.CarryOutAsync(ended, Policy.Decide(end, default, 1), Policy, end, new CancellationToken(stopped));
        await _leases.LetGoAsync(lease);
        return disposition;
    }

    private async Task IsGoneAsync()
    {
        var properties = await _requests.GetPropertiesAsync(Token);
        Assert.Equal((0, 0), (properties.Visible, properties.InFlight));
    }
}
