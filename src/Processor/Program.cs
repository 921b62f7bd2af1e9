using Archiver.Processor;

// Before anything that takes time: a stop that comes earlier ends the process without a result.
using var stop = new StopSignals();
return await ProcessorCommand.RunAsync(args, stop).ConfigureAwait(false);
