using System.Text.RegularExpressions;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.CommandLine;

/// <summary>The processor's commands, and the options that came before them.</summary>
public sealed partial class ProcessorCommandsTests : IDisposable
{
    private const string Request = """{"aipid":"p"}""";

    private readonly TestFolder _folder = new();

    public ProcessorCommandsTests() => _folder.Put("samples/files/p/a.txt", "content");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("archive --aipid=p", "--aipid=p", Request)]
    [InlineData("archive --aipid=q", "--aipid=q", Request)]
    [InlineData("archive", "", "no JSON")]
    [InlineData("archive --profile=nowhere", "--profile=nowhere", Request)]
    [InlineData("plan", "--plan", Request)]
    [InlineData("plan --json --aipid=p", "--plan --json --aipid=p", Request)]
    [InlineData("plan --set Archive:Compression=deflate", "--plan --set Archive:Compression=deflate", Request)]
    [InlineData("plan --set Source:Location=", "--plan --set Source:Location=", Request)]
    [InlineData("check", "--check", "")]
    [InlineData("check --set Source:Location=./nowhere", "--check --set Source:Location=./nowhere", "")]
    [InlineData("check", "--check --plan --json", "")]
    public async Task A_command_does_what_its_option_does(string command, string option, string input)
    {
        // So that both find it there.
        await RunAsync("", Request);
        var (one, other) = (await RunAsync(command, input), await RunAsync(option, input));

        Assert.Equal(other.ExitCode, one.ExitCode);
        Assert.NotEmpty(one.Output);
        Assert.Equal(WithoutTimes(other.Output), WithoutTimes(one.Output));
        Assert.Equal(other.Log.All.Select(WithoutTimes), one.Log.All.Select(WithoutTimes));
    }

    [Theory]
    [InlineData("--help", "archive", "plan", "check", "--aipid", "--plan", "--check")]
    [InlineData("archive --help", "--aipid", "--sent-at", "--profile", "--set")]
    [InlineData("plan --help", "--aipid", "--sent-at", "--json", "--profile", "--set")]
    [InlineData("check --help", "--profile", "--set")]
    public async Task Help_names_the_commands_and_the_options_of_each(string arguments, params string[] names)
    {
        var end = await RunAsync(arguments, "");

        Assert.Equal(0, end.ExitCode);
        Assert.All(names, name => Assert.Contains($"\n  {name} ", end.Output, StringComparison.Ordinal));
        Assert.Empty(end.Log.All);
    }

    private static string WithoutTimes(string text) => Times().Replace(text, "");

    private Task<ProgramEnd> RunAsync(string arguments, string input) =>
        ProgramUnderTest.RunAsync(Repository.Processor, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), _folder.Path, input: input);

    [GeneratedRegex("""("@t":"[^"]*"|"duration_ms":\d+|"Duration":\d+)""")]
    private static partial Regex Times();
}
