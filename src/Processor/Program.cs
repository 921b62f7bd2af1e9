using Archiver.Processor.Commands;
using Archiver.Processor.Supervision;
using Archiver.Programs.Boundary;

// Installed before anything slow, because a signal that arrives earlier ends the process without a result.
// Never disposed, because a late signal must not change the exit code.
var stop = new StopSignals();
if (ProcessorEnvironment.IsSupervised)
    Signals.LeaveGroup();
return await ProcessorCommandLine.RunAsync(args, stop).ConfigureAwait(false);
