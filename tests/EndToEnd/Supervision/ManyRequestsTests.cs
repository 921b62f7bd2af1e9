using System.Globalization;
using System.Text;
using System.Text.Json;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

public sealed class ManyRequestsTests
{
    private const int Requests = 200;
    private const int Concurrency = 8;

    [Fact]
    public async Task Two_hundred_requests_become_two_hundred_archives()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        for (var i = 0; i < Requests; i++)
        {
            await site.PutSourceAsync($"{AipOf(i)}/data.txt", ContentOf(i));
            await site.Requests.SendAsync(JsonSerializer.Serialize(new { aipid = AipOf(i), filenames = (string[])["data.txt"] }));
        }

        await using var poller = site.StartPoller("--drain", ("MAX_CONCURRENCY", Concurrency.ToString(CultureInfo.InvariantCulture)));
        var end = await poller.WaitForExitAsync(TimeSpan.FromMinutes(4));

        Assert.Equal(0, end.ExitCode);
        Assert.Equal((0, 0), await site.Requests.CountAsync());
        Assert.Empty(await site.DeadLetters.TakeAllAsync());
        var completions = await site.Completions.TakeAllAsync();
        Assert.Equal(Enumerable.Range(0, Requests).Select(AipOf), completions.Select(static message => message.AipId).Order());
        Assert.Equal(completions.Select(message => site.KeyOf(message.Text("archive.uri")!)).Order(), (await site.ListArchivesAsync()).Order());
        foreach (var completion in completions)
            Assert.Equal(ContentOf(NumberOf(completion)), Assert.Single(ZipContent.Read(await site.GetArchiveAsync(site.KeyOf(completion.Text("archive.uri")!)))).Content);
        Assert.InRange(MostAtOnce(end.Log.Events), 2, Concurrency);
    }

    private static string AipOf(int number) => $"aip{number:000}";

    private static int NumberOf(SeenMessage completion) => int.Parse(completion.AipId[3..], CultureInfo.InvariantCulture);

    private static byte[] ContentOf(int number) => Encoding.UTF8.GetBytes($"This is number {number}.");

    /// <summary>By the log: what was received and had no end yet.</summary>
    private static int MostAtOnce(IEnumerable<LogEvent> log)
    {
        var (now, most) = (0, 0);
        foreach (var line in log)
        {
            if (line.Template.StartsWith("Received", StringComparison.Ordinal))
                most = Math.Max(most, ++now);
            else if (line.Template.StartsWith("Archived", StringComparison.Ordinal))
                now--;
        }

        return most;
    }
}
