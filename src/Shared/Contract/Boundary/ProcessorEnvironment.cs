namespace Archiver.Contract.Boundary;

/// <summary>Environment variables that a supervisor sets for the processors that it starts.</summary>
public static class ProcessorEnvironment
{
    /// <summary>
    /// Set to <c>1</c>: somebody reads the processor's standard error for as long as the job is wanted. When nobody does any more, the processor
    /// ends as if it had been told to by SIGTERM.
    /// </summary>
    public const string Supervised = "ARCHIVER_SUPERVISED";

    /// <summary>The span that the job is a part of, as W3C Trace Context writes it.</summary>
    public const string TraceParent = "TRACEPARENT";

    /// <summary>The <c>tracestate</c> that belongs to it.</summary>
    public const string TraceState = "TRACESTATE";
}
