using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Queues;
using Archiver.Queues.Local;
using Archiver.Queues.Memory;
using Archiver.Queues.Sqlite;
using Archiver.Queues.Sqs;

namespace Archiver.Tests.Queues;

public sealed class QueueFactoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("archiver-queue-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Each_form_of_location_opens_its_kind_of_queue()
    {
        Assert.IsType<SqliteMessageQueue>(await OpenAsync($"sqlite:{_folder}/q.db#requests"));
        Assert.IsType<MemoryMessageQueue>(await OpenAsync("memory:requests"));
        Assert.IsType<SqsMessageQueue>(await OpenAsync("https://sqs.eu-central-1.amazonaws.com/123456789012/requests"));
        Assert.IsType<SqsMessageQueue>(await OpenAsync("http://localhost:4566/000000000000/requests.fifo"));
        Assert.IsType<SqsMessageQueue>(await OpenAsync("requests.fifo"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("amqp://localhost/requests")]
    [InlineData("memory:")]
    [InlineData("memory:two words")]
    [InlineData("/var/lib/queues.db")]
    [InlineData("requests.fifo.fifo")]
    public void Another_location_is_refused_with_the_forms_that_there_are(string location)
    {
        var error = Assert.Throws<ArchiverException>(() => Factory().Open(location));

        Assert.Equal(ExitCode.Config, error.ExitCode);
        Assert.Contains("sqlite:path#name", error.Message, StringComparison.Ordinal);
        Assert.Contains("https://sqs.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_in_memory_is_shared_by_all_who_open_it_through_one_factory()
    {
        var factory = Factory();
        await using (var sender = factory.Open("memory:requests"))
            await sender.SendAsync(new OutgoingMessage("x"), Token);

        await using var receiver = factory.Open("memory:requests");
        await using var other = Factory().Open("memory:requests");

        Assert.Empty(await other.ReceiveAsync(1, TimeSpan.Zero, Token));
        Assert.Single(await receiver.ReceiveAsync(1, TimeSpan.Zero, Token));
    }

    [Fact]
    public async Task Queues_are_created_with_the_settings()
    {
        await using var queue = Factory().Open("memory:requests");

        var properties = await queue.GetPropertiesAsync(Token);

        Assert.Equal((TimeSpan.FromSeconds(11), 3), (properties.VisibilityTimeout, properties.Redrive!.MaxReceiveCount));
    }

    [Fact]
    public async Task Rejected_requests_go_where_the_settings_say()
    {
        await using var requests = Factory().Open("memory:requests");

        Assert.Equal("memory:rejected", await QueueFactory.FindDeadLetterAsync(requests, "memory:rejected", Token));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Rejected_requests_go_where_the_redrive_policy_points_otherwise(string? configured)
    {
        await using var requests = Factory().Open("memory:requests.fifo");

        Assert.Equal("memory:requests-dead.fifo", await QueueFactory.FindDeadLetterAsync(requests, configured, Token));
    }

    [Fact]
    public async Task Without_setting_and_redrive_policy_there_is_no_dead_letter_queue()
    {
        await using var requests = Factory().Open("memory:requests-dead");

        Assert.Null(await QueueFactory.FindDeadLetterAsync(requests, configured: null, Token));
    }

    [Fact]
    public async Task A_queue_that_must_exist_is_not_created_and_its_setting_is_named()
    {
        var location = $"sqlite:{_folder}/q.db#requests";

        var error = Assert.Throws<ArchiverException>(() => Factory().OpenExisting(location, "Queue:Requests"));

        Assert.Equal(ExitCode.NoInput, error.ExitCode);
        Assert.Equal($"There is no queue file {_folder}/q.db. Is this the right folder? Queue:Requests is {location}.", error.Message);
        Assert.Empty(Directory.GetFiles(_folder));
        await OpenAsync(location);
        await using var queue = Factory().OpenExisting(location, "Queue:Requests");
        Assert.Empty(await queue.ReceiveAsync(1, TimeSpan.Zero, Token));
    }

    private static QueueFactory Factory() => new(
        new AwsConnection { Region = "eu-west-1", AccessKeyId = "id", SecretAccessKey = "secret" },
        new LocalQueueOptions { VisibilityTimeout = TimeSpan.FromSeconds(11), MaxReceiveCount = 3 });

    private static async Task<IMessageQueue> OpenAsync(string location)
    {
        var queue = Factory().Open(location);
        await queue.DisposeAsync();
        return queue;
    }
}
