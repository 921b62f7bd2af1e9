using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

/// <summary>Processors work with the settings that their poller has read and checked.</summary>
public sealed class HandedSettingsTests : IAsyncLifetime
{
    private const string Value = "of-no-ones-concern";

    private Site _site = null!;

    public async ValueTask InitializeAsync() => _site = await Site.CreateAsync(SiteKind.SqliteAndFolders);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("{ malformed")]
    [InlineData("""{"Archive":{"Compression":"no such"}}""")]
    [InlineData("""{"Destination":{"Prefix":"other"}}""")]
    public async Task A_file_that_changes_under_a_poller_changes_nothing_for_them(string changed)
    {
        _site.Folder.Put("config/local.json", """{"Destination":{"Prefix":"checked"}}""");
        await _site.PutSourceAsync("mds2909/a.txt", "content"u8.ToArray());
        await using var poller = _site.StartPoller();
        await poller.LogsAsync("Polling");
        _site.Folder.Put("config/local.json", changed);
        await _site.Requests.SendAsync("""{"aipid":"mds2909"}""");
        await poller.LogsAsync("Archived");

        Assert.Contains("/checked-", Assert.Single(await _site.ListArchivesAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_not_on_command_lines_which_everybody_can_list()
    {
        await _site.Requests.SendAsync(DummyRequest.For("secret", new { record = _site.Register.Folder, wait_for = _site.Register.Gate() }));
        await using var poller = _site.StartPollerOfDummies($"--set=AWS:Region={Value}", ("AWS_REGION", "another"));
        await poller.EventuallyAsync("it has begun", () => _site.Register.Begun == 1);
        var processor = int.Parse(Path.GetFileName(Assert.Single(Directory.GetFiles(_site.Register.Folder, "*.began"))).Split('.')[2], System.Globalization.CultureInfo.InvariantCulture);

        Assert.Contains("--aipid=secret", ProcessesWith.Read(processor, "cmdline"), StringComparison.Ordinal);
        Assert.DoesNotContain(Value, ProcessesWith.Read(processor, "cmdline"), StringComparison.Ordinal);
        Assert.Contains($"\"AWS:Region\":\"{Value}\"", ProcessesWith.Read(processor, "environ"), StringComparison.Ordinal);
        Assert.DoesNotContain("another", ProcessesWith.Read(processor, "environ"), StringComparison.Ordinal);
        _site.Register.Open();
        await poller.LogsAsync("Archived");
    }
}
