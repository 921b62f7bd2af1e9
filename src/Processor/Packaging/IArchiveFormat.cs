using Archiver.Processor.Parts;
using Archiver.Processor.Planning;

namespace Archiver.Processor.Packaging;

/// <summary>A file format for archives.</summary>
internal interface IArchiveFormat
{
    /// <summary>The file name extension, without a dot.</summary>
    string Extension { get; }

    /// <summary>The layout of a plan; null if the sizes of its entries are known only once they are compressed.</summary>
    IArchiveLayout? LayoutOf(ArchivePlan plan);

    /// <summary>Checks whether an existing archive is that of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="found">The archive.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The CRC-32 that the whole archive must have; null if all of it was read and nothing is left to prove.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or another archive. The message is a clause that explains why.</exception>
    Task<uint?> ProveAsync(ArchivePlan plan, IArchiveLayout? layout, FoundArchive found, CancellationToken cancellationToken);
}

/// <summary>An existing archive.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="ReadAsync">Fills the target with its bytes from an offset on.</param>
/// <param name="BufferSize">The most bytes to read at a time.</param>
internal sealed record FoundArchive(long Length, Func<long, Memory<byte>, Task> ReadAsync, int BufferSize)
{
    /// <summary>Its bytes from one offset to another, exclusive.</summary>
    public FoundBytes Range(long start, long end) => new(ReadAsync, start, end, BufferSize);
}
