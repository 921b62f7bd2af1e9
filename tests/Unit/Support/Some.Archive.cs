using Archiver.Processor.Packaging.Zip;
using Archiver.Processor.Parts;

namespace Archiver.Tests.Support;

public static partial class Some
{
    /// <summary>An archive of entries of one size.</summary>
    public static ArchiveCase Archive(int entries, int size, PartLimits? limits = null) => new(
        [.. Enumerable.Range(0, entries).Select(i => new ZipEntry($"some/entry {i}.bin", size, 1_717_079_362))],
        [.. Enumerable.Range(0, entries).Select(i => Bytes(size, seed: i))],
        limits ?? PartLimits.File,
        Seed: 1);
}
