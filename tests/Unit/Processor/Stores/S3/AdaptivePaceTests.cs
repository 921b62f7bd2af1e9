using Archiver.Processor.Stores.S3;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Tests.Processor.Stores.S3;

public sealed class AdaptivePaceTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly AdaptivePace _pace;

    public AdaptivePaceTests() => _pace = new AdaptivePace(_clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Requests_do_not_wait_unless_throttled()
    {
        _pace.Served();

        Assert.Equal(TimeSpan.Zero, _pace.Space);
        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.True(_pace.WaitAsync(Token).IsCompletedSuccessfully));
    }

    [Fact]
    public void Each_throttled_request_doubles_the_interval_up_to_a_bound()
    {
        var spaces = Enumerable.Range(0, 20).Select(_ =>
        {
            _pace.Throttled();
            return _pace.Space.TotalMilliseconds;
        }).ToList();

        Assert.Equal([2, 4, 8, 16, 32, 64, 128, 256, 512, 1_000, 1_000], spaces.Take(11));
        Assert.Equal(1_000, spaces[^1]);
    }

    [Fact]
    public void Successes_shorten_the_interval_down_to_none()
    {
        for (var i = 0; i < 10; i++)
            _pace.Throttled();

        _pace.Served();
        Assert.Equal(950, _pace.Space.TotalMilliseconds);

        for (var i = 0; i < 200; i++)
            _pace.Served();
        Assert.Equal(TimeSpan.Zero, _pace.Space);
    }

    [Fact]
    public void Requests_are_sent_one_per_interval()
    {
        for (var i = 0; i < 10; i++)
            _pace.Throttled();

        var waits = Enumerable.Range(0, 3).Select(_ => _pace.WaitAsync(Token)).ToList();

        Assert.Equal([true, false, false], waits.Select(static wait => wait.IsCompleted));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([true, true, false], waits.Select(static wait => wait.IsCompleted));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.All(waits, static wait => Assert.True(wait.IsCompletedSuccessfully));
    }

    [Fact]
    public void Idle_time_is_not_saved_up()
    {
        for (var i = 0; i < 10; i++)
            _pace.Throttled();
        _ = _pace.WaitAsync(Token);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.True(_pace.WaitAsync(Token).IsCompleted);
        Assert.False(_pace.WaitAsync(Token).IsCompleted);
    }
}
