using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Settling;
using Archiver.Queues;
using Archiver.Queues.Memory;
using Archiver.Tests.Support;

namespace Archiver.Tests.Poller.Settling;

public sealed class RedriveFollowerTests : IAsyncDisposable
{
    private readonly EventSink _log = new();
    private readonly MessageQueues _queues = new(new MemoryMessageQueue("requests"), null, null);
    private readonly List<string> _opened = [];
    private readonly RedriveFollower _follower;
    private Exception? _failing;

    public RedriveFollowerTests() => _follower = new RedriveFollower(_queues, Open, _log.CreateLogger());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _follower.DisposeAsync();

    [Fact]
    public async Task A_dead_letter_queue_that_is_set_while_the_poller_runs_is_opened_once()
    {
        await _follower.FollowAsync(null, Token);
        Assert.Null(_queues.DeadLetter);

        await _follower.FollowAsync(new RedrivePolicy("memory:dead", 3), Token);
        await _follower.FollowAsync(new RedrivePolicy("memory:dead", 5), Token);

        Assert.Equal(("memory:dead", 1 << 20), (_queues.DeadLetter!.Queue.Location, _queues.DeadLetter.Largest));
        Assert.Equal(["memory:dead"], _opened);
        Assert.Contains("memory:dead", Assert.Single(_log.Events).RenderMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_one_takes_its_place_and_without_any_the_last_stays()
    {
        await _follower.FollowAsync(new RedrivePolicy("memory:dead", 3), Token);
        await _follower.FollowAsync(new RedrivePolicy("memory:another", 3), Token);
        await _follower.FollowAsync(null, Token);

        Assert.Equal("memory:another", _queues.DeadLetter?.Queue.Location);
    }

    [Fact]
    public async Task One_that_cannot_be_opened_changes_nothing_and_is_tried_again()
    {
        _failing = new ArchiverException(ExitCode.NoPermission, "denied");
        await Assert.ThrowsAsync<ArchiverException>(() => _follower.FollowAsync(new RedrivePolicy("memory:dead", 3), Token));
        Assert.Null(_queues.DeadLetter);

        _failing = null;
        await _follower.FollowAsync(new RedrivePolicy("memory:dead", 3), Token);
        Assert.NotNull(_queues.DeadLetter);
    }

    private MemoryMessageQueue Open(string location)
    {
        if (_failing is not null)
            throw _failing;
        _opened.Add(location);
        return new MemoryMessageQueue(location[MemoryMessageQueue.Scheme.Length..]);
    }
}
