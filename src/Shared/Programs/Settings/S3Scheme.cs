namespace Archiver.Programs.Settings;

/// <summary>Buckets: <c>s3://bucket/key</c> and, as a location, also a bare bucket name.</summary>
internal sealed class S3Scheme : StoreScheme
{
    public override string Mark => "s3://";

    public override string ObjectForm => "s3://bucket/key";

    public override bool IsRemote => true;

    public override (string Bucket, string Key)? TryReadObject(string uri)
    {
        var slash = uri.IndexOf('/', Mark.Length);
        return slash > Mark.Length && slash < uri.Length - 1 ? (uri[Mark.Length..slash], uri[(slash + 1)..]) : null;
    }

    public override string UriOf(string bucket, string? key) => key is null ? Mark + bucket : $"{Mark}{bucket}/{key}";

    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html; old buckets and other servers also have capitals and
    // underscores.
    public override bool IsBucketName(string bucket) => IsName(bucket) && !bucket.Contains(':', StringComparison.Ordinal);

    public override bool StaysBelow(string key) => true;

    public override string PrefixOf(string folder) => folder + "/";

    protected override StoreLocation? TryReadLocation(string text)
    {
        if (!text.StartsWith(Mark, StringComparison.OrdinalIgnoreCase))
            return IsName(text) && Of(text) is null ? new(this, text, "") : null;
        var rest = text[Mark.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var bucket = slash < 0 ? rest : rest[..slash];
        return IsName(bucket) ? new(this, bucket, slash < 0 ? "" : rest[(slash + 1)..].Trim('/')) : null;
    }

    // Operators may also name access points (by ARN) and buckets of tenants; both contain colons.
    private static bool IsName(string text) =>
        text.Length is >= 3 and <= 255 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':')
        && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]) && !text.Contains("..", StringComparison.Ordinal);
}
