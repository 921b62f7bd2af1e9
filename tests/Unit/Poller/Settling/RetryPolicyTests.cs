using Archiver.Contract.Boundary;
using Archiver.Poller.Settling;

namespace Archiver.Tests.Poller.Settling;

public sealed class RetryPolicyTests
{
    [Theory]
    [InlineData(ExitCode.Unavailable, false, 0, true)]
    [InlineData(ExitCode.Unavailable, false, 36_000, true)]
    [InlineData(ExitCode.Unavailable, true, 299, true)]
    [InlineData(ExitCode.Unavailable, true, 300, false)]
    [InlineData(ExitCode.NoPermission, false, 0, false)]
    [InlineData(ExitCode.NoPermission, true, 29, true)]
    [InlineData(ExitCode.NoPermission, true, 30, false)]
    [InlineData(ExitCode.Config, false, 0, false)]
    [InlineData(ExitCode.Config, true, 0, true)]
    [InlineData(ExitCode.DataError, false, 0, false)]
    [InlineData(ExitCode.DataError, true, 0, false)]
    public void What_is_tried_again(int exitCode, bool isLastTry, int seconds, bool isTriedAgain) =>
        Assert.Equal(isTriedAgain, RetryPolicy.PauseAfter(exitCode, 1, TimeSpan.FromSeconds(seconds), isLastTry, 1) is not null);

    [Theory]
    [InlineData(1, 0.2)]
    [InlineData(2, 0.4)]
    [InlineData(3, 0.8)]
    [InlineData(20, 10)]
    public void Pauses_grow_up_to_ten_seconds(int attempt, double seconds) =>
        Assert.Equal(seconds, RetryPolicy.PauseAfter(ExitCode.Unavailable, attempt, default, false, 1)!.Value.TotalSeconds);
}
