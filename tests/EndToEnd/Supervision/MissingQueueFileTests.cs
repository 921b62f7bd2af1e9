using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.Supervision;

/// <summary>A request queue in a SQLite file that does not exist.</summary>
public sealed class MissingQueueFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--drain")]
    [InlineData("--once")]
    public async Task Whoever_empties_it_is_told_and_it_is_not_made(string mode)
    {
        var end = await ProgramUnderTest.RunAsync(Repository.Poller, [mode], _folder.Path, Settings);

        Assert.Equal(66, end.ExitCode);
        Assert.Equal($"There is no queue file {_folder["queue.db"]}. Is this the right folder? Queue:Requests is sqlite:queue.db#requests.", Assert.Single(end.Log.Events).Text("Reason"));
        Assert.Single(end.Log.All);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_dead_letter_queue_in_a_file_of_its_own_is_not_made_by_looking_into_it()
    {
        var send = await RunCliAsync("send", "--aipid", "mds2909");
        var end = await RunCliAsync("--set", "Queue:DeadLetter=sqlite:rejected.db#rejected", "receive", "--queue", "dead-letter");

        Assert.Equal(0, send.ExitCode);
        Assert.Equal(66, end.ExitCode);
        Assert.Equal(
            $"There is no queue file {_folder["rejected.db"]}. Is this the right folder? Queue:DeadLetter is sqlite:rejected.db#rejected.", Assert.Single(end.Log.All));
        Assert.False(File.Exists(_folder["rejected.db"]));
    }

    [Fact]
    public async Task A_service_makes_it_says_so_and_waits_for_the_first_request()
    {
        var register = new Register(_folder.Folder("register"));
        await using var poller = ProgramUnderTest.Start(Repository.Poller, [], _folder.Path, Settings);
        await poller.LogsAsync("The queue file {File} did not exist", line => line.Line.Contains(_folder["queue.db"], StringComparison.Ordinal));
        await poller.LogsAsync("Polling");

        var request = _folder.Put("request.json", DummyRequest.For("first", new { record = register.Folder }));
        Assert.Equal(0, (await RunCliAsync("send", "--file", request)).ExitCode);

        await poller.EventuallyAsync("the first request is done", () => register.HasEnded("first"));
    }

    private Dictionary<string, string?> Settings => new()
    {
        ["Queue__Requests"] = "sqlite:queue.db#requests",
        ["Queue__Completions"] = "sqlite:queue.db#completions",
        ["Source__Location"] = _folder.Path,
        ["Destination__Location"] = _folder["archives"],
        ["Processor__Path"] = Repository.Dummy,
    };

    private Task<ProgramEnd> RunCliAsync(params string[] arguments) => ProgramUnderTest.RunAsync(Repository.Cli, arguments, _folder.Path, Settings);
}
