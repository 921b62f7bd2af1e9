using Amazon.S3.Model;
using Archiver.Processor.Parts;

namespace Archiver.Processor.Stores.S3;

/// <summary>An upload that an earlier try began, and the parts of it that are stored.</summary>
internal sealed record EarlierUpload(string UploadId, IReadOnlyDictionary<int, EarlierPart> Parts)
{
    /// <summary>Whether all that is stored may be what these parts are. One that has another size was cut by another plan, and then any may be.</summary>
    public bool Fits(IReadOnlyList<Part> parts) =>
        Parts.All(stored => stored.Key <= parts.Count && stored.Value.Length == parts[stored.Key - 1].Length);

    public static EarlierUpload Of(string uploadId, IEnumerable<PartDetail> parts) => new(uploadId, parts.ToDictionary(
        static part => part.PartNumber ?? 0,
        static part => new EarlierPart(part.ETag, part.Size ?? 0, S3Checksums.Decode(part.ChecksumCRC32))));
}

/// <summary>A part of it; without a CRC-32 where the server keeps none.</summary>
internal sealed record EarlierPart(string ETag, long Length, uint? Crc);
