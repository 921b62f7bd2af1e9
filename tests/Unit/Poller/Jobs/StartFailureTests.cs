using System.ComponentModel;
using Archiver.Contract.Boundary;
using Archiver.Poller.Jobs;
using Archiver.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Serilog.Core;

namespace Archiver.Tests.Poller.Jobs;

public sealed class StartFailureTests
{
    private const int NotFound = 2;
    private const int ArgumentsTooLong = 7;
    private const int TryAgain = 11;
    private const int NoMemory = 12;
    private const int TooManyFilesOfAll = 23;
    private const int TooManyFiles = 24;

    private readonly FakeTimeProvider _clock = new();
    private int _shortages;

    [Theory]
    [InlineData(ArgumentsTooLong, true, ExitCode.DataError)]
    [InlineData(ArgumentsTooLong, false, ExitCode.Config)]
    [InlineData(NotFound, true, ExitCode.Config)]
    [InlineData(NotFound, false, ExitCode.Config)]
    [InlineData(TooManyFiles, true, ExitCode.Terminated)]
    [InlineData(TooManyFilesOfAll, true, ExitCode.Terminated)]
    [InlineData(TryAgain, true, ExitCode.Terminated)]
    [InlineData(NoMemory, true, ExitCode.Terminated)]
    [InlineData(TooManyFiles, false, ExitCode.Unavailable)]
    public void Whose_fault_it_is_decides_what_becomes_of_the_message(int errorNumber, bool isForMessage, int exitCode)
    {
        // As the libraries wrap it.
        var error = new Win32Exception("cannot start", new Win32Exception(errorNumber));

        Assert.Equal(exitCode, StartFailure.From("program", error, isForMessage).ToOutcome(isForMessage).ExitCode);
    }

    [Fact]
    public async Task While_the_machine_has_no_room_the_start_is_tried_again()
    {
        var tries = 0;

        var started = RunAsync(() => ++tries < 4 ? throw new Win32Exception(TooManyFiles) : "started", TestContext.Current.CancellationToken);
        await _clock.AdvanceUntilAsync(() => started.IsCompleted, TimeSpan.FromSeconds(2));

        Assert.Equal(("started", 3), (await started, _shortages));
    }

    [Fact]
    public async Task That_lasts_for_a_while_and_no_longer()
    {
        var started = RunAsync(static () => throw new Win32Exception(TooManyFiles), TestContext.Current.CancellationToken);

        await _clock.AdvanceUntilAsync(() => started.IsCompleted, TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<Win32Exception>(() => started);
    }

    [Theory]
    [InlineData(ArgumentsTooLong, false)]
    [InlineData(NotFound, false)]
    [InlineData(TooManyFiles, true)]
    public async Task Nothing_else_is_tried_again_and_nothing_after_a_stop(int errorNumber, bool isStopped)
    {
        await Assert.ThrowsAsync<Win32Exception>(() => RunAsync(() => throw new Win32Exception(errorNumber), new CancellationToken(isStopped)));

        Assert.Equal(0, _shortages);
    }

    private Task<string> RunAsync(Func<string> start, CancellationToken stop) =>
        new PatientStart(() => _shortages++, _clock).RunAsync(start, static error => StartFailure.From("program", error, isForMessage: true), Logger.None, stop);
}
