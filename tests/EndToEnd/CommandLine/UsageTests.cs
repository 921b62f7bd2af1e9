using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.CommandLine;

/// <summary>What the command line says about itself, and about those who hold it wrongly.</summary>
public sealed class UsageTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--help", "archiver demo")]
    [InlineData("send --help", "archiver send --aipid mds2909 --filenames trial1.txt trial2.txt")]
    [InlineData("receive --help", "archiver receive --max 10 --delete")]
    [InlineData("delete --help", "archiver delete --receipt-handle HANDLE")]
    [InlineData("process --help", "archiver process --aipid mds2909 < ")]
    [InlineData("config --help", "archiver --profile aws config")]
    public async Task Help_teaches_by_examples(string arguments, string example)
    {
        var end = await RunAsync(arguments);

        Assert.Equal(0, end.ExitCode);
        Assert.Contains(example, end.Output, StringComparison.Ordinal);
        Assert.Empty(end.Log.All);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-such-command")]
    [InlineData("send")]
    [InlineData("send --aipid mds2909 --file request.json")]
    [InlineData("send --file request.json --priority low")]
    [InlineData("send --no-such-option")]
    [InlineData("receive --max 11")]
    [InlineData("receive --wait 21")]
    [InlineData("receive --queue nowhere")]
    [InlineData("delete")]
    [InlineData("--set nonsense config")]
    [InlineData("--set No:Such=1 config")]
    [InlineData("--profile ../../etc config")]
    [InlineData("send --aipid")]
    [InlineData("send --aipid=")]
    [InlineData("send --file")]
    [InlineData("send --file=")]
    [InlineData("send --aipid a --aipid b")]
    [InlineData("send --aipid .hidden")]
    [InlineData("receive --max abc")]
    [InlineData("receive --wait abc")]
    [InlineData("delete --receipt-handle nonsense")]
    [InlineData("@response config")]
    public Task A_wrong_command_line_is_64_and_one_line(string arguments) => AssertUsageAsync(Repository.Cli, arguments);

    [Theory]
    [InlineData("--profile")]
    [InlineData("--set=")]
    [InlineData("--set nonsense")]
    [InlineData("--set AWS:SecretAccessKey=hunter2")]
    [InlineData("--drain=")]
    [InlineData("--drain --drain")]
    [InlineData("--drain --once")]
    [InlineData("@response")]
    public Task A_wrong_command_line_of_the_poller_is_too(string arguments) => AssertUsageAsync(Repository.Poller, arguments);

    [Theory]
    [InlineData("--aipid")]
    [InlineData("--aipid=a//b:&")]
    [InlineData("--aipid=a --aipid=a")]
    [InlineData("--sent-at=yesterday")]
    [InlineData("--check=perhaps")]
    [InlineData("pln")]
    [InlineData("plan --aipid=")]
    [InlineData("plan --aipid=a --aipid=a")]
    [InlineData("--aipid=a plan")]
    [InlineData("check --plan")]
    [InlineData("@response")]
    public Task A_wrong_command_line_of_the_processor_is_too(string arguments) => AssertUsageAsync(Repository.Processor, arguments);

    [Fact]
    public async Task A_misspelt_command_is_answered_with_the_one_that_was_meant() =>
        Assert.Contains("did you mean send?", Assert.Single((await RunAsync("sned --aipid a")).Log.All), StringComparison.Ordinal);

    [Fact]
    public async Task A_folder_instead_of_a_file_is_told_as_such()
    {
        var end = await RunAsync("send --file .");

        Assert.Equal(66, end.ExitCode);
        Assert.Contains("is a folder", Assert.Single(end.Log.All), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("receive")]
    [InlineData("receive --queue dead-letter")]
    [InlineData("delete --receipt-handle x")]
    public async Task A_queue_file_that_is_not_there_is_told_by_its_full_path_and_not_made(string arguments)
    {
        var end = await RunAsync(arguments);

        Assert.Equal(66, end.ExitCode);
        Assert.Contains(_folder["data/queue.db"], Assert.Single(end.Log.All), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["data/queue.db"]));
    }

    [Fact]
    public async Task Who_sends_hears_which_file_the_queue_is_in_and_that_it_is_new()
    {
        var (first, second) = (await RunAsync("send --aipid a"), await RunAsync("send --aipid a"));

        Assert.All((ProgramEnd[])[first, second], end => Assert.Contains($"Sent to sqlite:{_folder["data/queue.db"]}#requests", end.Output, StringComparison.Ordinal));
        Assert.Contains(_folder["data/queue.db"], Assert.Single(first.Log.All), StringComparison.Ordinal);
        Assert.Empty(second.Log.All);
    }

    [Theory]
    [InlineData("--profile nowhere send --aipid a", "nowhere")]
    [InlineData("--set Poller:MaxConcurrency=many config", "Poller:MaxConcurrency")]
    [InlineData("--set Queue:Requests= send --aipid a", "Queue:Requests")]
    [InlineData("--set Queue:Requests=ftp://nowhere send --aipid a", "ftp://nowhere")]
    [InlineData("--set Queue:Requests=sqlite:/proc/nowhere.db#q send --aipid a", "/proc/nowhere.db")]
    public async Task A_wrong_setting_is_78_and_one_line_that_names_it(string arguments, string named)
    {
        var end = await RunAsync(arguments);

        Assert.Equal(78, end.ExitCode);
        Assert.Contains(named, Assert.Single(end.Log.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_66()
    {
        var end = await RunAsync("send --file nowhere.json");

        Assert.Equal(66, end.ExitCode);
        Assert.Contains("nowhere.json", Assert.Single(end.Log.All), StringComparison.Ordinal);
    }

    private async Task AssertUsageAsync(string program, string arguments)
    {
        _folder.Put("response", "--help");
        await RunAsync("send --aipid a");
        var end = await RunAsync(arguments, program);

        Assert.Equal(64, end.ExitCode);
        Assert.DoesNotContain("hunter2", Assert.Single(end.Log.All), StringComparison.Ordinal);
        Assert.True(end.Output.Length == 0 || end.Output.StartsWith('{'), end.Output);
    }

    private Task<ProgramEnd> RunAsync(string arguments, string? program = null) =>
        ProgramUnderTest.RunAsync(program ?? Repository.Cli, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), _folder.Path);
}
