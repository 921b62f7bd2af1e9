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
    public async Task A_wrong_command_line_is_64_and_one_line(string arguments)
    {
        var end = await RunAsync(arguments);

        Assert.Equal(64, end.ExitCode);
        Assert.Single(end.Log.All);
        Assert.Empty(end.Output);
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

    private Task<ProgramEnd> RunAsync(string arguments) =>
        ProgramUnderTest.RunAsync(Repository.Cli, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), _folder.Path);
}
