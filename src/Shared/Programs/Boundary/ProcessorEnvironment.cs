namespace Archiver.Programs.Boundary;

/// <summary>Environment variables that a supervisor sets for the processors that it starts.</summary>
public static class ProcessorEnvironment
{
    /// <summary>
    /// Set to <c>1</c>: somebody reads the processor's standard error for as long as the job is wanted. When nobody does any more, the
    /// processor
    /// ends as if it had been told to by SIGTERM.
    /// </summary>
    public const string Supervised = "ARCHIVER_SUPERVISED";

    /// <summary>Whether this process was started by a supervisor.</summary>
    public static bool IsSupervised => Environment.GetEnvironmentVariable(Supervised) == "1";

    /// <summary>
    /// All settings in force, as a JSON object of names and values, an empty one meaning none. A supervised processor takes them from here
    /// and reads no file;
    /// its environment and command line go before them.
    /// </summary>
    public const string Settings = "ARCHIVER_SETTINGS";

    /// <summary>Names one run. Every process that begins with it in its environment belongs to that run, and is ended with it.</summary>
    public const string Job = "ARCHIVER_JOB";

    /// <summary>The span that the job is a part of, as W3C Trace Context writes it.</summary>
    public const string TraceParent = "TRACEPARENT";

    /// <summary>The <c>tracestate</c> that belongs to it.</summary>
    public const string TraceState = "TRACESTATE";
}
