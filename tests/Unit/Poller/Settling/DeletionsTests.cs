using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Settling;
using Archiver.Queues;
using Archiver.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Tests.Poller.Settling;

public sealed class DeletionsTests : IAsyncDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    private readonly FakeTimeProvider _clock = new();
    private readonly DeletingQueue _queue = new();
    private readonly Deletions _deletions;

    public DeletionsTests() => _deletions = new Deletions(_queue, _clock);

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    [Fact]
    public async Task Messages_that_end_within_a_moment_are_deleted_in_one_call()
    {
        Task<HandleFailure?>[] deletions = [_deletions.DeleteAsync("a"), _deletions.DeleteAsync("b")];
        _clock.Advance(Moment / 2);
        deletions = [.. deletions, _deletions.DeleteAsync("c")];
        Assert.Empty(_queue.Calls);
        _clock.Advance(Moment / 2);

        Assert.All(await Task.WhenAll(deletions).WithPatience(), Assert.Null);
        Assert.Equal(["a", "b", "c"], Assert.Single(_queue.Calls));
    }

    [Fact]
    public async Task What_ends_later_is_deleted_in_a_call_of_its_own()
    {
        await DeleteAsync("a");
        await DeleteAsync("b");

        Assert.Equal(["a", "b"], _queue.Calls.Select(Assert.Single));
    }

    [Fact]
    public async Task Each_hears_of_its_own_failure()
    {
        _queue.Answer = static _ => [new HandleFailure("b", LeaseLost: true, "gone")];
        Task<HandleFailure?>[] deletions = [_deletions.DeleteAsync("a"), _deletions.DeleteAsync("b")];
        _clock.Advance(Moment);

        Assert.Equal([null, "gone"], (await Task.WhenAll(deletions).WithPatience()).Select(static failure => failure?.Reason));
    }

    [Fact]
    public async Task A_queue_that_cannot_be_reached_is_told_to_all_and_does_not_spoil_the_next()
    {
        _queue.Answer = static _ => throw new ArchiverException(ExitCode.Unavailable, "down");
        Task<HandleFailure?>[] deletions = [_deletions.DeleteAsync("a"), _deletions.DeleteAsync("b")];
        _clock.Advance(Moment);
        foreach (var deletion in deletions)
            await Assert.ThrowsAsync<ArchiverException>(() => deletion.WithPatience());

        _queue.Answer = static _ => [];
        Assert.Null(await DeleteAsync("a"));
    }

    private Task<HandleFailure?> DeleteAsync(string receiptHandle)
    {
        var deletion = _deletions.DeleteAsync(receiptHandle);
        _clock.Advance(Moment);
        return deletion.WithPatience();
    }
}
