using Archiver.Queues.Local;

namespace Archiver.Tests.Queues;

public sealed class PollIntervalTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    private readonly PollInterval _interval = new();

    [Fact]
    public void The_interval_grows_until_a_message_comes()
    {
        Assert.Equal([10, 20, 40, 80, 160, 320, 500, 500], Enumerable.Range(0, 8).Select(_ => _interval.Next(Long).TotalMilliseconds));

        _interval.Reset();

        Assert.Equal(10, _interval.Next(Long).TotalMilliseconds);
    }

    [Fact]
    public void The_interval_ends_with_the_wait() =>
        Assert.Equal(TimeSpan.FromMilliseconds(3), _interval.Next(TimeSpan.FromMilliseconds(3)));
}
