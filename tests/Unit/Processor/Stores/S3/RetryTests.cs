using Archiver.Processor.Stores.S3;
using Archiver.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Tests.Processor.Stores.S3;

public sealed class RetryTests
{
    private static readonly RetryPolicy Policy = new(4, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));

    private readonly FakeTimeProvider _clock = new();
    private int _attempts;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1.0, 1_000)]
    [InlineData(2, 1.0, 2_000)]
    [InlineData(3, 1.0, 3_000)]
    [InlineData(4, 1.0, 3_000)]
    [InlineData(1_000, 1.0, 3_000)]
    [InlineData(1, 0.5, 500)]
    [InlineData(3, 0.5, 1_500)]
    [InlineData(3, 0.0, 0)]
    public void The_delay_is_a_random_share_of_a_bound_that_doubles(int attempt, double random, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Policy.DelayAfter(attempt, random));

    [Fact]
    public async Task A_success_is_not_repeated()
    {
        Assert.Equal(5, await RunAsync(static () => 5));
        Assert.Equal(1, _attempts);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_temporary_failure_is_retried(int failures)
    {
        Assert.Equal(5, await RunAsync(() => _attempts <= failures ? throw new IOException($"{_attempts}") : 5));
        Assert.Equal(failures + 1, _attempts);
    }

    [Fact]
    public async Task Too_many_failures_end_with_the_last_error()
    {
        var error = await Assert.ThrowsAsync<IOException>(() => RunAsync<int>(() => throw new IOException($"{_attempts}")));

        Assert.Equal(("4", 4), (error.Message, _attempts));
    }

    [Fact]
    public async Task A_permanent_failure_is_not_retried()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync<int>(static () => throw new InvalidDataException()));

        Assert.Equal(1, _attempts);
    }

    [Fact]
    public async Task A_retry_waits_for_its_delay()
    {
        var policy = new RetryPolicy(2, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        var running = RunAsync<int>(static () => throw new IOException(), policy, advance: false);

        Assert.Equal(1, _attempts);
        _clock.Advance(TimeSpan.FromHours(1));
        await Assert.ThrowsAsync<IOException>(() => running.WithPatience());
        Assert.Equal(2, _attempts);
    }

    [Fact]
    public async Task A_cancellation_ends_the_wait_for_a_retry()
    {
        using var stop = new CancellationTokenSource();
        var policy = new RetryPolicy(2, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        var running = RunAsync<int>(static () => throw new IOException(), policy, stop, advance: false);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WithPatience());
        Assert.Equal(1, _attempts);
    }

    [Fact]
    public async Task A_failure_after_a_cancellation_is_not_retried()
    {
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAsync<IOException>(() => RunAsync<int>(() =>
        {
            stop.Cancel();
            throw new IOException();
        }, stop: stop));

        Assert.Equal(1, _attempts);
    }

    [Fact]
    public void The_default_policy_retries_for_about_half_a_minute()
    {
        var delays = Enumerable.Range(1, RetryPolicy.Default.Attempts - 1)
            .Sum(static attempt => RetryPolicy.Default.DelayAfter(attempt, 1).TotalSeconds);

        Assert.InRange(delays, 20, 60);
    }

    private async Task<T> RunAsync<T>(
        Func<T> operation, RetryPolicy? policy = null, CancellationTokenSource? stop = null, bool advance = true)
    {
        var running = new Retry(policy ?? Policy, _clock).RunAsync(
            _ =>
            {
                _attempts++;
                return Task.FromResult(operation());
            },
            static error => error is IOException,
            stop?.Token ?? CancellationToken.None);
        while (advance && !running.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
            Token.ThrowIfCancellationRequested();
        }
        return await running;
    }
}
