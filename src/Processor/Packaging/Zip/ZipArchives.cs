using Archiver.Processor.Parts;
using Archiver.Processor.Planning;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Packaging.Zip;

/// <summary>Zip: with stored entries, or with compressed ones.</summary>
internal sealed class ZipArchives(Compression compression) : IArchiveFormat
{
    public string Extension => "zip";

    public IArchiveLayout? LayoutOf(ArchivePlan plan) => compression == Compression.Store ? new ZipLayout(plan) : null;

    public async Task<uint?> ProveAsync(ArchivePlan plan, IArchiveLayout? layout, FoundArchive found, CancellationToken cancellationToken)
    {
        if (layout is ZipLayout zip)
            return await new StoredZipProof(plan, zip).CrcAsync(found, cancellationToken).ConfigureAwait(false);
        await new CompressedZipProof(plan).ReadAsync(found, cancellationToken).ConfigureAwait(false);
        return null;
    }
}
