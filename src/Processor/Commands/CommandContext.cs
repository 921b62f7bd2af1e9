using Archiver.Programs.Settings;
using Serilog;

namespace Archiver.Processor.Commands;

/// <summary>What every command needs to run.</summary>
internal sealed record CommandContext(ArchiverSettings Settings, ILogger Log, bool OnTerminal);
