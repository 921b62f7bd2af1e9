using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Archiver.Processor.Stores;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Planning;

/// <summary>The key of an archive. Requests for the same unchanged sources share it, so an archive is never made twice.</summary>
public static class ArchiveKey
{
    // Part of every fingerprint. Change it whenever the same plan gives other bytes, or is cut into other parts.
    private const string Format = "archiver 2";

    /// <summary><c>{fingerprint}/{prefix}-{date}.{extension}</c>.</summary>
    /// <param name="plan">What the archive holds.</param>
    /// <param name="prefix">The beginning of the file name.</param>
    /// <param name="date">The request's date; its UTC day counts.</param>
    /// <param name="compression">How entries are written.</param>
    /// <param name="extension">The extension of the format.</param>
    public static string For(
        ArchivePlan plan, string prefix, DateTimeOffset date, Compression compression = Compression.Store, string extension = "zip") =>
        $"{Fingerprint(plan, compression)}/{prefix}-{date.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.{extension}";

    /// <summary>The SHA-256 of everything that determines the archive's bytes, in lower-case hexadecimal digits.</summary>
    public static string Fingerprint(ArchivePlan plan, Compression compression = Compression.Store)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Format);
        Append(hash, compression.ToString());
        foreach (var (name, content) in plan.Entries)
        {
            Append(hash, name);
            if (content.Source is { } source)
                Append(hash, source);
            else
                Append(hash, content.Text!.Fingerprint);
            Append(hash, content.Size);
            Append(hash, content.ModifiedUnixSeconds);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, SourceObject source)
    {
        Append(hash, source.Address.Bucket);
        Append(hash, source.Address.Key);
        Append(hash, source.ETag);
    }

    // Each text is preceded by its length, so that no two lists of texts give the same bytes.
    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
