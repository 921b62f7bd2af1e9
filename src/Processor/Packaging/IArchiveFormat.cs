using Archiver.Processor.Parts;
using Archiver.Processor.Planning;

namespace Archiver.Processor.Packaging;

/// <summary>A file format for archives.</summary>
internal interface IArchiveFormat
{
    /// <summary>What the file's name ends in, without a dot.</summary>
    string Extension { get; }

    /// <summary>The layout of a plan; null when the sizes of its entries are known only once they are compressed.</summary>
    IArchiveLayout? LayoutOf(ArchivePlan plan);

    /// <summary>Looks at an archive that was found, whether it is that of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="found">The archive.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The CRC-32 that it then has as a whole; null when all of it was read and no more is to be proved.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or another: the message says so in words that follow its name.</exception>
    Task<uint?> ProveAsync(ArchivePlan plan, IArchiveLayout? layout, FoundArchive found, CancellationToken cancellationToken);
}

/// <summary>An archive that was found.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="ReadAsync">Fills the target with its bytes from an offset on.</param>
/// <param name="BufferSize">The most bytes to be read in one go.</param>
internal sealed record FoundArchive(long Length, Func<long, Memory<byte>, Task> ReadAsync, int BufferSize)
{
    /// <summary>Its bytes from an offset to another, one after another.</summary>
    public FoundBytes Range(long start, long end) => new(ReadAsync, start, end, BufferSize);
}
