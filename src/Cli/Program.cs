using Archiver.Cli;

return await CliCommand.RunAsync(args).ConfigureAwait(false);
