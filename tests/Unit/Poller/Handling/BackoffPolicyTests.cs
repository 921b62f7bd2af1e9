using Archiver.Poller.Handling;
using FsCheck;
using FsCheck.Xunit;

namespace Archiver.Tests.Poller.Handling;

public sealed class BackoffPolicyTests
{
    private static readonly BackoffPolicy Policy = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(15));

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    [InlineData(8, 640)]
    [InlineData(9, 900)]
    [InlineData(1_000, 900)]
    [InlineData(int.MaxValue, 900)]
    public void The_bound_doubles_up_to_the_longest(int receives, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Policy.DelayAfter(receives, 1));

    [Property]
    public void The_delay_is_any_share_of_the_bound(PositiveInt receives, byte share)
    {
        var random = share / 255.0;

        Assert.Equal(Policy.DelayAfter(receives.Get, 1).TotalSeconds * random, Policy.DelayAfter(receives.Get, random).TotalSeconds, 3);
        Assert.InRange(Policy.DelayAfter(receives.Get, random), TimeSpan.Zero, Policy.Max);
    }

    [Fact]
    public void Without_a_base_there_is_no_delay() => Assert.Equal(TimeSpan.Zero, new BackoffPolicy(TimeSpan.Zero, TimeSpan.FromHours(1)).DelayAfter(10, 1));
}
