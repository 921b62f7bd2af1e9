namespace Archiver.Programs.Boundary;

/// <summary>Environment variables that a supervisor sets for the processors it starts.</summary>
public static class ProcessorEnvironment
{
    /// <summary>
    /// Set to <c>1</c>: a supervisor reads the processor's standard error for as long as it wants the job. When it stops reading, the
    /// processor ends as if by SIGTERM.
    /// </summary>
    public const string Supervised = "ARCHIVER_SUPERVISED";

    /// <summary>Whether this process was started by a supervisor.</summary>
    public static bool IsSupervised => Environment.GetEnvironmentVariable(Supervised) == "1";

    /// <summary>
    /// All settings in force, as a JSON object of names and values; an empty value means none. A supervised processor takes them from
    /// here and reads no file. Its environment and command line override them.
    /// </summary>
    public const string Settings = "ARCHIVER_SETTINGS";

    /// <summary>Identifies a run. Every process that starts with it in its environment belongs to the run and is ended with it.</summary>
    public const string Job = "ARCHIVER_JOB";

    /// <summary>The span that the job belongs to, in the form of W3C Trace Context.</summary>
    public const string TraceParent = "TRACEPARENT";

    /// <summary>The <c>tracestate</c> that goes with it.</summary>
    public const string TraceState = "TRACESTATE";
}
