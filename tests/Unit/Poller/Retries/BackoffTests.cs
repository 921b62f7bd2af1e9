using Archiver.Poller.Retries;
using FsCheck;
using FsCheck.Xunit;

namespace Archiver.Tests.Poller.Retries;

public sealed class BackoffTests
{
    private static readonly Backoff Policy = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(15));

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    [InlineData(8, 640)]
    [InlineData(9, 900)]
    [InlineData(1_000, 900)]
    [InlineData(int.MaxValue, 900)]
    public void The_bound_doubles_up_to_the_longest(int receives, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Policy.After(receives, 1));

    [Property]
    public void The_delay_is_any_share_of_the_bound(PositiveInt receives, byte share)
    {
        var random = share / 255.0;

        Assert.Equal(Policy.After(receives.Get, 1).TotalSeconds * random, Policy.After(receives.Get, random).TotalSeconds, 3);
        Assert.InRange(Policy.After(receives.Get, random), TimeSpan.Zero, Policy.Longest);
    }

    [Fact]
    public void Without_a_base_there_is_no_delay() => Assert.Equal(TimeSpan.Zero, new Backoff(TimeSpan.Zero, TimeSpan.FromHours(1)).After(10, 1));
}
