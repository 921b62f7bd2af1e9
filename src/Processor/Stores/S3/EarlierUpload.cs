using Amazon.S3.Model;
using Archiver.Processor.Parts;

namespace Archiver.Processor.Stores.S3;

/// <summary>An upload that an earlier attempt began, with the parts stored so far.</summary>
internal sealed record EarlierUpload(string UploadId, IReadOnlyDictionary<int, EarlierPart> Parts)
{
    /// <summary>
    /// Whether everything stored so far may be from this plan. A part of a different size shows that the upload followed another plan.
    /// </summary>
    public bool Fits(IReadOnlyList<Part> parts) =>
        Parts.All(stored => stored.Key <= parts.Count && stored.Value.Length == parts[stored.Key - 1].Length);

    public static EarlierUpload Of(string uploadId, IEnumerable<PartDetail> parts) => new(uploadId, parts.ToDictionary(
        static part => part.PartNumber ?? 0,
        static part => new EarlierPart(part.ETag, part.Size ?? 0, S3Checksums.Decode(part.ChecksumCRC32))));
}

/// <summary>A stored part; without a CRC-32 if the server keeps none.</summary>
internal sealed record EarlierPart(string ETag, long Length, uint? Crc);
