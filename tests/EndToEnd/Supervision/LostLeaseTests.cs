using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

public sealed class LostLeaseTests
{
    [Fact]
    public async Task A_poller_that_was_frozen_for_too_long_stops_its_processor_and_leaves_the_message_to_others()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders, new SiteOptions { VisibilityTimeout = TimeSpan.FromSeconds(2) });
        await site.Requests.SendAsync(DummyRequest.For("contested", new { record = site.Register.Folder, wait_for = site.Register.Gate() }));
        await using var frozen = site.StartPollerOfDummies();
        await frozen.EventuallyAsync("it has begun", () => site.Register.Begun == 1);
        frozen.Signal("STOP");
        await using var other = site.StartPollerOfDummies();
        await other.EventuallyAsync("the other has begun", () => site.Register.Begun == 2);

        frozen.Signal("CONT");
        await frozen.LogsAsync("The message became visible to other pollers");
        site.Register.Open();
        await other.LogsAsync("Archived");

        Assert.DoesNotContain(frozen.Log.Events, static line => line.Template.Split(' ')[0] is "Released" or "Archived" or "Rejected");
        Assert.Single(await site.Completions.TakeAllAsync());
        Assert.Empty(await site.Requests.TakeAllAsync());
    }
}
