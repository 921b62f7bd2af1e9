
using Archiver.Processor.Commands;
using Archiver.Processor.Supervision;
using Archiver.Programs.Boundary;

// Before anything that takes time: a stop that comes earlier ends the process without a result. Kept to the very end: one that comes late must not change the exit code.
var stop = new StopSignals();
if (ProcessorEnvironment.IsSupervised)
    Signals.LeaveGroup();
return await ProcessorCommandLine.RunAsync(args, stop).ConfigureAwait(false);
