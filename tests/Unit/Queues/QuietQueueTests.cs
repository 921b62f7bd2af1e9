using Archiver.Queues.Sqlite;

namespace Archiver.Tests.Queues;

public sealed class QuietQueueTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(7, 3, 0, true)]
    [InlineData(7, 3, 29, true)]
    // Another process wrote, this one wrote, a message becomes visible, the clock was set back.
    [InlineData(8, 3, 0, false)]
    [InlineData(7, 4, 0, false)]
    [InlineData(7, 3, 30, false)]
    [InlineData(7, 3, -1, false)]
    public void Another_look_is_needed_when_anything_changed(long othersVersion, long ownChanges, int secondsLater, bool holds) =>
        Assert.Equal(holds, new QuietQueue(7, 3, Noon, Noon.AddSeconds(30)).StillHolds(othersVersion, ownChanges, Noon.AddSeconds(secondsLater)));
}
