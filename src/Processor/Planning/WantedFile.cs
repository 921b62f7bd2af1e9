using Archiver.Processor.Stores;

namespace Archiver.Processor.Planning;

/// <summary>A source that a request names, and the name it asks for in the archive.</summary>
public readonly record struct WantedFile(ObjectAddress Source, string Name);
