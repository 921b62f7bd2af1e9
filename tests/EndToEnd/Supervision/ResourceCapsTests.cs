using System.Globalization;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

/// <summary>What a processor may take of the machine; whoever takes more hurts nobody else.</summary>
public sealed class ResourceCapsTests : IAsyncLifetime
{
    private const string Limit = "128MiB";

    private Site _site = null!;

    public async ValueTask InitializeAsync() => _site = await Site.CreateAsync(SiteKind.SqliteAndFolders);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_processor_that_wants_more_memory_than_it_may_have_fails_alone(bool native)
    {
        await _site.Requests.SendAsync(DummyRequest.For("neighbour", new { record = _site.Register.Folder, wait_for = _site.Register.Gate() }));
        await _site.Requests.SendAsync(DummyRequest.For("glutton", new { eat_mib = 1024, eat_native = native }));
        await using var poller = _site.StartPollerOfDummies("", ("Processor__MemoryLimit", Limit), ("Poller__BackoffBase", "1h"));
        await poller.LogsAsync("Released", static line => line.AipId == "glutton" && line.Text("ExitCode") is not "0");
        await poller.EventuallyAsync("the neighbour has begun", () => _site.Register.HasBegun("neighbour"));
        _site.Register.Open();

        await poller.LogsAsync("Archived", static line => line.AipId == "neighbour");
    }

    [Fact]
    public async Task A_processor_that_keeps_within_its_memory_is_not_disturbed()
    {
        await _site.PutSourceAsync("mds2909/large.bin", new byte[32 << 20]);
        await _site.Requests.SendAsync("""{"aipid":"mds2909"}""");
        await using var poller = _site.StartPoller("--drain", ("Processor__MemoryLimit", Limit));

        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);
        Assert.True(Assert.Single(await _site.Completions.TakeAllAsync()).Success);
    }

    [Fact]
    public async Task A_limit_that_leaves_no_room_for_buffers_is_a_wrong_configuration()
    {
        await using var poller = _site.StartPollerOfDummies("", ("Processor__MemoryLimit", "100MiB"));

        var end = await poller.WaitForExitAsync();
        Assert.Equal(78, end.ExitCode);
        Assert.Contains("Processor:MemoryLimit", end.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_processor_is_as_nice_as_it_is_told_to_be_and_the_first_to_go_when_memory_is_short()
    {
        await _site.Requests.SendAsync(DummyRequest.For("nice", new { record = _site.Register.Folder, wait_for = _site.Register.Gate() }));
        await using var poller = _site.StartPollerOfDummies("", ("Processor__Nice", "7"));
        await poller.EventuallyAsync("it has begun", () => _site.Register.Begun == 1);
        var child = Path.GetFileName(Assert.Single(Directory.GetFiles(_site.Register.Folder, "*.began"))).Split('.')[2];

        Assert.All(Directory.GetDirectories($"/proc/{child}/task"), static task => Assert.Equal(7, NicenessOf(task)));
        Assert.Equal("500", (await File.ReadAllTextAsync($"/proc/{child}/oom_score_adj", TestContext.Current.CancellationToken)).Trim());
        Assert.Equal(0, NicenessOf($"/proc/{poller.ProcessId}"));
    }

    // The 19th field; the second, a name in parentheses, may hold spaces.
    private static int NicenessOf(string process) => int.Parse(File.ReadAllText($"{process}/stat").Split(") ")[^1].Split(' ')[16], CultureInfo.InvariantCulture);
}
