using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

public sealed class FifoTests
{
    [Theory]
    [InlineData(SiteKind.SqsAndS3)]
    [InlineData(SiteKind.SqliteAndFolders)]
    public async Task A_message_group_is_worked_off_in_order_one_by_one_whatever_becomes_of_each(SiteKind kind)
    {
        await using var site = await Site.CreateAsync(kind, new SiteOptions { Fifo = true });
        await SendAsync(site, "first", 0);
        await SendAsync(site, "second", 66);
        await site.Requests.SendAsync("nonsense");
        await SendAsync(site, "third", 130, 0);
        await SendAsync(site, "fourth", 0);

        await using var poller = site.StartPollerOfDummies("", ("MAX_CONCURRENCY", "4"));
        await poller.LogsAsync("Archived", static line => line.AipId == "fourth");

        Assert.Equal(["first", "second", "third", "third", "fourth"], site.Register.Order);
        Assert.Equal(1, site.Register.MostAtOnce());
        Assert.Equal(5, (await site.Completions.TakeAllAsync()).Count);
        Assert.Equal(["65", "66"], (await site.DeadLetters.TakeAllAsync()).Select(static message => message.ExitCode).Order());
    }

    private static Task<string> SendAsync(Site site, string aipId, params int[] exits) =>
        site.Requests.SendAsync(DummyRequest.For(aipId, new { exits, record = site.Register.Folder }));
}
