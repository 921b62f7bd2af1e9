using Archiver.Poller;

return await PollerCommand.RunAsync(args).ConfigureAwait(false);
