using System.IO.Hashing;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;

namespace Archiver.Processor.Packaging.Zip;

/// <summary>
/// Proves a zip with stored entries from its directory alone: the checksums in it and the plan determine every other byte, and so the
/// checksum of the whole archive.
/// </summary>
internal sealed class StoredZipProof(ArchivePlan plan, ZipLayout layout)
{
    /// <summary>Reads the directory and computes the checksum.</summary>
    /// <returns>The CRC-32 that the whole archive must have.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or that of another archive.</exception>
    public async Task<uint> CrcAsync(FoundArchive found, CancellationToken cancellationToken)
    {
        if (found.Length != layout.Length)
            throw new InvalidDataException($"it has {found.Length} bytes instead of {layout.Length}");
        var contents = await DirectoryReader.ReadAsync(
            plan, layout.EntriesEnd, found, (entry, _) => layout.HeaderOffset(entry), cancellationToken).ConfigureAwait(false);
        var digests = new DirectoryDigests(contents);
        var (whole, framed, framing) = (0u, 0L, new Crc32());
        var buffer = new byte[CentralHeader.LongestSize];
        foreach (var piece in layout.PiecesOf(new Part(1, 0, layout.Length)))
        {
            if (piece.IsContent)
            {
                JoinFraming();
                whole = Crc32Combine.Combine(whole, digests.CrcOf(piece.Entry), piece.Length);
                continue;
            }
            layout.Write(piece, digests, buffer.AsSpan(0, (int)piece.Length));
            framing.Append(buffer.AsSpan(0, (int)piece.Length));
            framed += piece.Length;
        }
        JoinFraming();
        return whole;

        // Whole runs of framing are joined, because the directory has as many records as there are entries.
        void JoinFraming()
        {
            whole = Crc32Combine.Combine(whole, framing.GetCurrentHashAsUInt32(), framed);
            framed = 0;
            framing.Reset();
        }
    }

    private sealed class DirectoryDigests(ZipContent[] contents) : IEntryDigests
    {
        public uint CrcOf(int entry) => contents[entry].Crc;
    }
}
