using System.IO.Hashing;
using Archiver.Processor.Parts;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Transfer;

/// <summary>
/// A part larger than a buffer, as needed in an archive that is too large for 10,000 small parts. Its content is read twice: first for the
/// checksums that headers and the store need beforehand, then while it is sent. So memory does not grow with the size of the archive.
/// </summary>
internal sealed class StreamedPart(EntryReader entries, IArchiveLayout layout, Part part, byte[] buffer)
{
    private readonly List<uint> _contentCrcs = [];

    /// <returns>Its CRC-32.</returns>
    public async Task<uint> CarryAsync(IArchiveUpload upload, CancellationToken cancellationToken)
    {
        await MeasureAsync(cancellationToken).ConfigureAwait(false);
        var crc = await ChecksumAsync(cancellationToken).ConfigureAwait(false);
        await upload.StreamAsync(part, WriteAsync, crc, cancellationToken).ConfigureAwait(false);
        return crc;
    }

    // Reads the content for its checksums.
    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        foreach (var piece in layout.PiecesOf(part).Where(static piece => piece.IsContent))
        {
            var whole = 0u;
            await foreach (var (offset, bytes) in ReadAsync(piece, cancellationToken).ConfigureAwait(false))
            {
                var crc = Crc32.HashToUInt32(bytes.Span);
                entries.Checksums.Report(piece.Entry, offset, bytes.Length, crc);
                whole = Crc32Combine.Combine(whole, crc, bytes.Length);
            }
            _contentCrcs.Add(whole);
        }
    }

    // Waits for the checksums that the framing needs, and returns the CRC-32 of the part.
    private async Task<uint> ChecksumAsync(CancellationToken cancellationToken)
    {
        var (whole, content) = (0u, 0);
        foreach (var piece in layout.PiecesOf(part))
        {
            var crc = piece.IsContent
                ? _contentCrcs[content++]
                : Crc32.HashToUInt32(await FramingAsync(piece, cancellationToken).ConfigureAwait(false));
            whole = Crc32Combine.Combine(whole, crc, piece.Length);
        }
        return whole;
    }

    private async Task WriteAsync(Stream target, CancellationToken cancellationToken)
    {
        foreach (var piece in layout.PiecesOf(part))
        {
            if (!piece.IsContent)
            {
                var framing = await FramingAsync(piece, cancellationToken).ConfigureAwait(false);
                await target.WriteAsync(framing, cancellationToken).ConfigureAwait(false);
                continue;
            }
            await foreach (var (_, bytes) in ReadAsync(piece, cancellationToken).ConfigureAwait(false))
                await target.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<(long Offset, ReadOnlyMemory<byte> Bytes)> ReadAsync(
        Piece piece, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await entries.ReadyAsync(piece.Entry, cancellationToken).ConfigureAwait(false);
        for (var done = 0L; done < piece.Length;)
        {
            var bytes = buffer.AsMemory(0, (int)Math.Min(buffer.Length, piece.Length - done));
            await entries.ReadAsync(piece.Entry, piece.Skip + done, bytes, cancellationToken).ConfigureAwait(false);
            yield return (piece.Skip + done, bytes);
            done += bytes.Length;
        }
    }

    private async ValueTask<byte[]> FramingAsync(Piece piece, CancellationToken cancellationToken)
    {
        var framing = new byte[piece.Length];
        await entries.Checksums.KnowAsync(piece.Awaits, cancellationToken).ConfigureAwait(false);
        layout.Write(piece, entries.Checksums, framing);
        return framing;
    }
}
