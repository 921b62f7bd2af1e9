using System.ComponentModel;
using Archiver.Contract.Boundary;

namespace Archiver.Poller.Jobs;

/// <summary>Whose fault it is that a child cannot be started.</summary>
internal enum StartFault
{
    /// <summary>The program's, or its permissions': no message can be worked on.</summary>
    Program,

    /// <summary>The message's: its arguments are too long.</summary>
    Message,

    /// <summary>The machine's, for now: it has no room for another process.</summary>
    Machine,
}

/// <summary>Why a child cannot be started.</summary>
internal sealed record StartFailure(StartFault Fault, string Message)
{
    // errno of Linux. https://man7.org/linux/man-pages/man3/errno.3.html
    private const int ArgumentsTooLong = 7;
    private const int TryAgain = 11;
    private const int NoMemory = 12;
    private const int TooManyFilesOfAll = 23;
    private const int TooManyFiles = 24;

    /// <param name="program">Its path.</param>
    /// <param name="error">What starting it threw.</param>
    /// <param name="isForMessage">Whether it was given a message's arguments.</param>
    public static StartFailure From(string program, Exception error, bool isForMessage)
    {
        var reason = error.GetBaseException().Message.ReplaceLineEndings(" ").TrimEnd('.');
        return ErrorNumberOf(error.GetBaseException()) switch
        {
            ArgumentsTooLong when isForMessage =>
                new(StartFault.Message, $"The processor cannot be started with this request's arguments and trace context: {reason}"),
            TooManyFiles or TooManyFilesOfAll => new(StartFault.Machine,
                $"No processor can be started at present: {reason}; raise the limit of open files "
                + "(ulimit -n, LimitNOFILE=), or lower Poller:MaxConcurrency"),
            TryAgain or NoMemory => new(StartFault.Machine,
                $"No processor can be started at present: {reason}; the machine, or a limit, allows no more processes"),
            _ => new(StartFault.Program, $"The processor {program} cannot be started: {reason}"),
        };
    }

    /// <summary>
    /// How the job ends because of it. A message that found no room is given back like one that is stopped: without a penalty.
    /// </summary>
    public ProcessorOutcome ToOutcome(bool isForMessage) => ProcessorOutcome.Failed(
        Fault switch
        {
            StartFault.Message => ExitCode.DataError,
            StartFault.Machine => isForMessage ? ExitCode.Terminated : ExitCode.Unavailable,
            _ => ExitCode.Config,
        }, Message);

    private static int ErrorNumberOf(Exception error) => error switch
    {
        Win32Exception { NativeErrorCode: var number } => number,
        IOException { HResult: var number } => number,
        _ => 0,
    };
}
