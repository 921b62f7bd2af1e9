namespace Archiver.Contract.Messages;

/// <summary>One file of a request.</summary>
/// <param name="Source">A key in the source location, <c>s3://bucket/key</c>, or a <c>file:</c> URI.</param>
/// <param name="Destination">A folder in the archive, or the full name of the entry; null: the last segment of the source.</param>
public sealed record RequestedFile(string Source, string? Destination = null);
