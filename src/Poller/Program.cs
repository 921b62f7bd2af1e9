using Archiver.Poller;

// Before anything that takes time: a stop may come while the poller starts.
using var signals = new StopSignals();
return await PollerCommand.RunAsync(args, signals).ConfigureAwait(false);
