namespace Archiver.Tests.Support;

/// <summary>What S3 answers to listings.</summary>
internal static class S3Pages
{
    /// <summary>A page with these keys, which are encoded already.</summary>
    public static string Listing(bool isTruncated, params string[] keys) =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>some-bucket</Name><EncodingType>url</EncodingType><IsTruncated>{(isTruncated ? "true" : "false")}</IsTruncated>{string.Concat(keys.Select(Entry))}</ListBucketResult>
        """;

    /// <summary>A key as S3 encodes it there.</summary>
    public static string Encode(string key) => Uri.EscapeDataString(key).Replace("%20", "+", StringComparison.Ordinal).Replace("%2F", "/", StringComparison.Ordinal);

    private static string Entry(string key) =>
        $"<Contents><Key>{key}</Key><LastModified>2024-01-01T00:00:00.000Z</LastModified><ETag>&quot;some-etag&quot;</ETag><Size>4</Size></Contents>";
}
