using Archiver.Processor.Parts;
using Archiver.Processor.Stores;
using Serilog;

namespace Archiver.Processor.Transfer;

/// <summary>
/// Has the store copy parts. A part that it refuses to copy is transferred through a separate buffer, because all others may be held by
/// parts that wait for this one's checksum.
/// </summary>
internal sealed class PartCopier(EntryReader entries, IArchiveLayout layout, ILogger log) : IDisposable
{
    private const int BufferSize = 8 << 20;

    private readonly SemaphoreSlim _carrying = new(1);
    private byte[]? _buffer;

    /// <summary>Has a part copied, or else transfers it.</summary>
    /// <returns>Its CRC-32.</returns>
    public async Task<uint> CopyAsync(Part part, IArchiveUpload upload, CancellationToken cancellationToken)
    {
        var piece = layout.PiecesOf(part).Single();
        var source = entries.SourceOf(piece.Entry);
        var outcome = await upload.CopyAsync(part, source, piece.Skip, cancellationToken).ConfigureAwait(false);
        if (outcome.Crc is { } crc)
        {
            entries.Checksums.Report(piece.Entry, piece.Skip, piece.Length, crc);
            return crc;
        }
        log.Warning("Part {Part} is transferred instead of copied from {Source}: {Problem}", part.Number, source.Address, outcome.Problem);
        await _carrying.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _buffer ??= GC.AllocateUninitializedArray<byte>(BufferSize);
            return await new StreamedPart(entries, layout, part, _buffer).CarryAsync(upload, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _carrying.Release();
        }
    }

    public void Dispose() => _carrying.Dispose();
}
