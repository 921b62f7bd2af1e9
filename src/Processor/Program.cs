using Archiver.Contract.Boundary;
using Archiver.Processor;

// Before anything that takes time: a stop that comes earlier ends the process without a result.
using var stop = new StopSignals();
if (ProcessorEnvironment.IsSupervised)
    Signals.LeaveGroup();
return await ProcessorCommand.RunAsync(args, stop).ConfigureAwait(false);
