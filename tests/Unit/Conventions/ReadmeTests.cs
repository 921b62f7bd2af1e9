using Archiver.Contract.Boundary;
using Archiver.Tests.Support;

namespace Archiver.Tests.Conventions;

/// <summary>The README tells what the programs do, not what they did once.</summary>
public sealed class ReadmeTests
{
    private static readonly string[] Lines = Repository.Read("README.md").Split('\n');

    [Theory]
    [InlineData(ExitCode.Ok)]
    [InlineData(ExitCode.Usage)]
    [InlineData(ExitCode.DataError)]
    [InlineData(ExitCode.NoInput)]
    [InlineData(ExitCode.Unavailable)]
    [InlineData(ExitCode.Software)]
    [InlineData(ExitCode.CannotCreate)]
    [InlineData(ExitCode.TempFail)]
    [InlineData(ExitCode.NoPermission)]
    [InlineData(ExitCode.Config)]
    public void Every_exit_code_has_its_row(int code) =>
        Assert.Contains(Lines, line => line.StartsWith($"| {code} | {ExitCode.NameOf(code)} | ", StringComparison.Ordinal));
}
