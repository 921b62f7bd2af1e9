namespace Archiver.Processor.Packaging.Zip;

/// <summary>What the layout needs to know of one stored entry.</summary>
/// <param name="Name">Full name, segments separated by <c>/</c>.</param>
/// <param name="Size">Bytes of content.</param>
/// <param name="ModifiedUnixSeconds">Last modification, seconds since 1970 in UTC.</param>
public readonly record struct ZipEntry(string Name, long Size, long ModifiedUnixSeconds);
