namespace Archiver.Contract.Boundary;

/// <summary>
/// The exit codes of the Archiver's programs. The names and numbers below 128 are those of BSD's <c>sysexits.h</c>;
/// 128 + n stands for death by signal n, as shells report it.
/// </summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;
    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;
    /// <summary>The payload is not a valid request.</summary>
    public const int DataError = 65;
    /// <summary>A source does not exist.</summary>
    public const int NoInput = 66;
    /// <summary>An endpoint cannot be reached.</summary>
    public const int Unavailable = 69;
    /// <summary>A bug in the program.</summary>
    public const int Software = 70;
    /// <summary>The destination cannot be written.</summary>
    public const int CannotCreate = 73;
    /// <summary>It may work later: throttled, or a source changed while it was read.</summary>
    public const int TempFail = 75;
    /// <summary>Access denied.</summary>
    public const int NoPermission = 77;
    /// <summary>The configuration is wrong.</summary>
    public const int Config = 78;
    /// <summary>Stopped by SIGINT.</summary>
    public const int Interrupted = 130;
    /// <summary>Killed by SIGKILL.</summary>
    public const int Killed = 137;
    /// <summary>Stopped by SIGTERM.</summary>
    public const int Terminated = 143;

    /// <summary>
    /// The sysexits or signal name of a code, as it appears in completions: <c>NOINPUT</c>, <c>SIGTERM</c>, else <c>EXIT_n</c>.
    /// </summary>
    public static string NameOf(int code) => code switch
    {
        Ok => "OK",
        Usage => "USAGE",
        DataError => "DATAERR",
        NoInput => "NOINPUT",
        Unavailable => "UNAVAILABLE",
        Software => "SOFTWARE",
        CannotCreate => "CANTCREAT",
        TempFail => "TEMPFAIL",
        NoPermission => "NOPERM",
        Config => "CONFIG",
        Interrupted => "SIGINT",
        Killed => "SIGKILL",
        Terminated => "SIGTERM",
        _ => $"EXIT_{code}",
    };
}
