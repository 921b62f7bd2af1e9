using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Hashing;
using Microsoft.AspNetCore.Http;

namespace Archiver.EndToEnd.Support;

/// <summary>The multipart uploads that were created through a proxy, with and without a CRC-32.</summary>
internal sealed class MultipartUploads
{
    private readonly ConcurrentDictionary<string, MultipartUploadState> _byId = new();

    private readonly ConcurrentDictionary<string, bool> _plain = new();

    public void Add(string id, string type) => _byId[id] = new MultipartUploadState(type);

    public void AddPlain(string id) => _plain[id] = true;

    public bool IsPlain(HttpRequest request) => _plain.ContainsKey(request.Query["uploadId"].ToString());

    public void Remove(HttpRequest request) => _byId.TryRemove(request.Query["uploadId"].ToString(), out _);

    /// <summary>Null: unknown, or without a checksum.</summary>
    public MultipartUploadState? Find(HttpRequest request) => _byId.GetValueOrDefault(request.Query["uploadId"].ToString());
}

/// <param name="type">FULL_OBJECT: the checksum is that of all bytes. COMPOSITE: that of the parts' checksums.</param>
internal sealed class MultipartUploadState(string type)
{
    private readonly ConcurrentDictionary<int, UploadedPart> _parts = new();

    public string Type => type;

    public bool IsFullObject => type == "FULL_OBJECT";

    public void Store(HttpRequest request, UploadedPart part) => _parts[PartNumber(request)] = part;

    public UploadedPart? Find(int number) => _parts.GetValueOrDefault(number);

    /// <summary>The checksum of the object made of these parts; null if one of them did not come this way.</summary>
    public string? ChecksumOf(IReadOnlyCollection<int> numbers)
    {
        var parts = numbers.Select(Find).ToList();
        if (parts.Any(part => part is null))
            return null;
        if (IsFullObject)
            return Checksum.Encode(parts.Aggregate(0u, (crc, part) => Checksum.Combine(crc, part!.Crc, part.Length)));

        var checksums = new byte[4 * parts.Count];
        for (var i = 0; i < parts.Count; i++)
            BinaryPrimitives.WriteUInt32BigEndian(checksums.AsSpan(4 * i), parts[i]!.Crc);
        return $"{Checksum.Encode(Crc32.HashToUInt32(checksums))}-{parts.Count}";
    }

    public long? LengthOf(IReadOnlyCollection<int> numbers) => numbers.Sum(number => Find(number)?.Length);

    private static int PartNumber(HttpRequest request) => int.Parse(request.Query["partNumber"].ToString(), CultureInfo.InvariantCulture);
}

internal sealed record UploadedPart(uint Crc, long Length);
