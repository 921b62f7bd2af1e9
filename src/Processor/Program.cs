using Archiver.Processor;

return await ProcessorCommand.RunAsync(args).ConfigureAwait(false);
