using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;
using Archiver.Queues.Local;

namespace Archiver.EndToEnd.Supervision;

/// <summary>After the last receive that the redrive policy allows the queue itself would move a message, without a reason.</summary>
public sealed class LastReceiveTests
{
    [Fact]
    public async Task An_archive_whose_completion_is_denied_is_told_of_in_the_dead_letter_queue()
    {
        await using var faulty = await FaultySite.CreateAsync(new SiteOptions { MaxReceiveCount = 2 });
        faulty.Completions.Faults.Add(new Fault(FaultKind.AccessDenied) { Operations = ["SendMessage"] });
        await faulty.Site.Requests.SendAsync(DummyRequest.For("untold"));

        await using var poller = faulty.Site.StartPollerOfDummies("", faulty.Settings);
        await poller.LogsAsync("Rejected");

        var dead = Assert.Single(await faulty.Site.DeadLetters.TakeAllAsync());
        Assert.Equal("UNTOLD", dead.Attributes["Archiver-Code"]);
        Assert.Contains("The archive is stored as", dead.Reason, StringComparison.Ordinal);
        Assert.Empty(await faulty.Site.Requests.TakeAllAsync());
    }

    [Fact]
    public async Task A_dead_letter_queue_that_denies_gets_the_request_with_its_reason_when_it_takes_it_again()
    {
        await using var faulty = await FaultySite.CreateAsync(new SiteOptions { MaxReceiveCount = 2 });
        faulty.DeadLetters.Faults.Add(new Fault(FaultKind.AccessDenied) { Operations = ["SendMessage"] });
        var id = await faulty.Site.Requests.SendAsync(DummyRequest.For("hopeless", new { exit = 66 }));

        await using var poller = faulty.Site.StartPollerOfDummies("", faulty.Settings);
        await poller.LogsAsync("Put back");
        faulty.DeadLetters.Faults.Clear();
        await poller.LogsAsync("Rejected");
        poller.Signal("TERM");
        await poller.WaitForExitAsync();

        var dead = Assert.Single(await faulty.Site.DeadLetters.TakeAllAsync());
        Assert.Equal(("66", id), (dead.ExitCode, dead.Attributes["Archiver-Message-Id"]));
        Assert.All(await faulty.Site.Completions.TakeAllAsync(), completion => Assert.Equal((false, id), (completion.Success, completion.Text("request_id"))));
        Assert.Empty(await faulty.Site.Requests.TakeAllAsync());
    }

    [Fact]
    public async Task A_failure_that_was_told_on_a_fifo_queue_does_not_hide_the_success_after_it()
    {
        await using var faulty = await FaultySite.CreateAsync(new SiteOptions { MaxReceiveCount = 5 });
        faulty.DeadLetters.Faults.Add(new Fault(FaultKind.AccessDenied) { Operations = ["SendMessage"] });
        await using var completions = new SqliteTestQueue($"sqlite:{faulty.Site.Folder["queue.db"]}#completions.fifo", new LocalQueueOptions());
        await faulty.Site.Requests.SendAsync(DummyRequest.For("mended", new { exits = (int[])[66, 0], record = faulty.Site.Register.Folder }));

        await using var poller = faulty.Site.StartPollerOfDummies("", [.. faulty.Settings, ("SQS_DESTINATION_QUEUE", completions.Location)]);
        await poller.LogsAsync("Archived");

        Assert.Equal([false, true], (await completions.TakeAllAsync()).Select(static completion => completion.Success).Order());
    }

    [Fact]
    public async Task A_fifo_dead_letter_queue_whose_answers_are_lost_gets_one_copy()
    {
        await using var faulty = await FaultySite.CreateAsync(new SiteOptions { MaxReceiveCount = 5, Fifo = true });
        faulty.DeadLetters.Faults.Add(new Fault(FaultKind.AnswerLost) { Operations = ["SendMessage"], Times = 2 });
        await faulty.Site.Requests.SendAsync(DummyRequest.For("hopeless", new { exit = 66 }));

        await using var poller = faulty.Site.StartPollerOfDummies("", faulty.Settings);
        await poller.LogsAsync("Rejected");

        Assert.Equal(3, faulty.DeadLetters.Counters["SendMessage"].Requests);
        Assert.Single(await faulty.Site.DeadLetters.TakeAllAsync());
    }

    [Theory]
    [InlineData(SiteKind.SqsAndS3, false)]
    [InlineData(SiteKind.SqsAndS3, true)]
    [InlineData(SiteKind.SqliteAndFolders, false)]
    public async Task Restarts_of_a_long_job_use_up_no_tries(SiteKind kind, bool fifo)
    {
        const int MaxReceives = 3;
        await using var site = await Site.CreateAsync(kind, new SiteOptions { MaxReceiveCount = MaxReceives, Fifo = fifo });
        var attributes = Enumerable.Range(0, 10).ToDictionary(static i => $"name-{i}", static i => $"value {i}");
        var id = await site.Requests.SendAsync(DummyRequest.For("long", new { record = site.Register.Folder, wait_for = site.Register.Gate() }), attributes);

        for (var restart = 1; restart <= MaxReceives; restart++)
        {
            await using var stopped = site.StartPollerOfDummies("", ("Poller__DrainTimeout", "100ms"));
            await stopped.EventuallyAsync("it has begun", () => site.Register.Begun == restart);
            stopped.Signal("TERM");
            await stopped.WaitForExitAsync();
            Assert.Contains(stopped.Log.Events, line => line.Template.StartsWith(restart < MaxReceives ? "Released" : "Put back", StringComparison.Ordinal));
        }
        site.Register.Open();
        await using var poller = site.StartPollerOfDummies();
        await poller.LogsAsync("Archived");

        var completion = Assert.Single(await site.Completions.TakeAllAsync());
        Assert.Equal((true, "long", id), (completion.Success, completion.AipId, completion.Text("request_id")));
        Assert.Equal(attributes.OrderBy(static a => a.Key), completion.Attributes.OrderBy(static a => a.Key));
        Assert.Empty(await site.DeadLetters.TakeAllAsync());
        Assert.Empty(await site.Requests.TakeAllAsync());
    }
}
