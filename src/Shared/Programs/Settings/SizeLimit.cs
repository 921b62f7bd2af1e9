namespace Archiver.Programs.Settings;

/// <summary>A limit in bytes; null means explicitly unlimited.</summary>
public readonly record struct SizeLimit(long? Bytes);
