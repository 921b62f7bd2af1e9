using Archiver.Contract.Boundary;

namespace Archiver.Tests.Contract.Boundary;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData(0, ExitCode.Ok, "OK")]
    [InlineData(64, ExitCode.Usage, "USAGE")]
    [InlineData(65, ExitCode.DataError, "DATAERR")]
    [InlineData(66, ExitCode.NoInput, "NOINPUT")]
    [InlineData(69, ExitCode.Unavailable, "UNAVAILABLE")]
    [InlineData(70, ExitCode.Software, "SOFTWARE")]
    [InlineData(73, ExitCode.CannotCreate, "CANTCREAT")]
    [InlineData(75, ExitCode.TempFail, "TEMPFAIL")]
    [InlineData(77, ExitCode.NoPermission, "NOPERM")]
    [InlineData(78, ExitCode.Config, "CONFIG")]
    [InlineData(130, ExitCode.Interrupted, "SIGINT")]
    [InlineData(137, ExitCode.Killed, "SIGKILL")]
    [InlineData(143, ExitCode.Terminated, "SIGTERM")]
    public void Codes_have_the_numbers_and_names_of_sysexits_and_signals(int number, int code, string name)
    {
        Assert.Equal(number, code);
        Assert.Equal(name, ExitCode.NameOf(code));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(-1)]
    public void Other_codes_are_named_by_their_number(int code) => Assert.Equal($"EXIT_{code}", ExitCode.NameOf(code));
}
