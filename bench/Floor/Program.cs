using Archiver.Floor;
using Archiver.Processor.Stores.Schemes;
using Archiver.Programs.Settings;
using Serilog.Core;

// archiver-floor KEY SETTING=VALUE...: the floor that bench/ holds archiver-processor against.
var loaded = SettingsLoader.Load(new SettingsOptions { Overrides = args[1..] });
var settings = ArchiveSettings.From(loaded);
using var stores = new StoreFactory(settings, AwsSettings.From(loaded), TimeProvider.System, Logger.None);
var bytes = await new Transfer(settings, stores.Sources(), stores.Archives()).RunAsync(args[0], CancellationToken.None).ConfigureAwait(false);
Console.WriteLine(bytes);
