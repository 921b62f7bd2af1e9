namespace Archiver.Programs.Settings;

/// <summary>A limit on a number of bytes; null: explicitly none.</summary>
public readonly record struct SizeLimit(long? Bytes);
