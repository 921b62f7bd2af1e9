using Archiver.Poller;

// Before anything that takes time: a stop may come while the poller starts. Kept to the very end: one that comes late must not change the
// exit code.
var signals = new StopSignals();
return await PollerCommand.RunAsync(args, signals).ConfigureAwait(false);
