using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Leases;
using Archiver.Poller.Settling;
using Archiver.Queues;
using Archiver.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Serilog.Core;

namespace Archiver.Tests.Poller.Settling;

public sealed class UntilLostTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new() { AutoAdvanceAmount = TimeSpan.Zero };
    private readonly CancellationTokenSource _stop = new();
    private readonly Lease _lease;
    private int _tries;

    public UntilLostTests() => _lease = new Lease("some-handle", TimeSpan.FromHours(1), _clock);

    public void Dispose()
    {
        _lease.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task What_fails_for_now_is_tried_until_it_succeeds()
    {
        var done = DoAsync(failures: 20);
        await PassTimeAsync(done, () => _lease.State == LeaseState.Held);

        await done.WithPatience();
        Assert.Equal(21, _tries);
    }

    [Fact]
    public async Task The_loss_of_the_lease_ends_it()
    {
        var done = DoAsync(failures: int.MaxValue);
        await PassTimeAsync(done, () => _tries < 5);
        _lease.Lose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => done.WithPatience());
    }

    [Fact]
    public async Task A_stop_leaves_time_for_one_more_try()
    {
        var done = DoAsync(failures: int.MaxValue);
        // Usually one: a pause that jitter makes shorter than a tick is none.
        var triesBefore = _tries;
        await _stop.CancelAsync();

        Assert.Equal(ExitCode.Unavailable, (await Assert.ThrowsAsync<ArchiverException>(() => done.WithPatience())).ExitCode);
        Assert.Equal(triesBefore + 1, _tries);
    }

    [Theory]
    [InlineData(ExitCode.NoPermission)]
    [InlineData(ExitCode.Config)]
    [InlineData(ExitCode.DataError)]
    public async Task What_trying_again_cannot_help_is_not_tried_again(int exitCode)
    {
        await Assert.ThrowsAsync<ArchiverException>(() => DoAsync(failures: int.MaxValue, exitCode).WithPatience());

        Assert.Equal(1, _tries);
    }

    [Fact]
    public async Task At_the_last_try_there_is_patience_with_what_people_have_to_mend()
    {
        var done = DoAsync(failures: 2, ExitCode.NoPermission, isLastTry: true);
        await PassTimeAsync(done, static () => true);

        await done.WithPatience();
        Assert.Equal(3, _tries);
    }

    [Fact]
    public async Task A_message_that_is_not_ours_any_more_needs_no_other_try()
    {
        await new UntilLost(_clock).DoAsync("It", _ =>
        {
            _tries++;
            return Task.FromResult<HandleFailure?>(new HandleFailure("some-handle", LeaseLost: true, "gone"));
        }, isLastTry: false, _lease, Logger.None, _stop.Token).WithPatience();

        Assert.Equal(1, _tries);
    }

    private Task DoAsync(int failures, int exitCode = ExitCode.Unavailable, bool isLastTry = false) => new UntilLost(_clock).DoAsync(
        "It", Task (_) => ++_tries <= failures ? throw new ArchiverException(exitCode, "not now") : Task.CompletedTask, isLastTry, _lease, Logger.None, _stop.Token);

    private async Task PassTimeAsync(Task until, Func<bool> goOn)
    {
        while (!until.IsCompleted && goOn())
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }
}
