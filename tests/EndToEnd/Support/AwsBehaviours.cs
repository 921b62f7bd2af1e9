using System.Collections.Concurrent;
using Amazon.S3;
using Microsoft.AspNetCore.Http;

namespace Archiver.EndToEnd.Support;

/// <summary>
/// What AWS S3 does and the server behind the proxy may not, each from the page of its operation in the S3 API reference
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/), and each with a switch. All are on to begin with.
/// </summary>
public sealed class AwsBehaviours(IAmazonS3 s3)
{
    private static readonly object SpoiledKey = new();

    private readonly MultipartUploads _uploads = new();
    private readonly ConcurrentDictionary<(string Bucket, string Key), (string Checksum, string Type)> _objects = new();

    /// <summary>UploadPartCopy, in an upload created with CRC32, answers with the range's CRC-32.</summary>
    public bool CopyPartChecksums { get; set; } = true;

    /// <summary>UploadPartCopy with x-amz-copy-source-if-match answers 412 when the source has another ETag.</summary>
    public bool CopySourceConditions { get; set; } = true;

    /// <summary>UploadPartCopy of a range refuses a source of 5 MiB or less.</summary>
    public bool SmallCopySourcesRefused { get; set; } = true;

    /// <summary>CompleteMultipartUpload with If-None-Match: * answers 412 when the key exists.</summary>
    public bool ConditionalComplete { get; set; } = true;

    /// <summary>
    /// UploadPart and PutObject check x-amz-checksum-crc32 against the body (400 BadDigest) and answer with it. A part
    /// without one is refused if the upload's checksum is COMPOSITE, and a part with one if the upload has none.
    /// </summary>
    public bool BodyChecksums { get; set; } = true;

    /// <summary>CompleteMultipartUpload checks the parts' checksums and the object's own, and answers with the latter.</summary>
    public bool CompleteChecksums { get; set; } = true;

    /// <summary>ListParts tells the parts' checksums.</summary>
    public bool ListedChecksums { get; set; } = true;

    /// <summary>HeadObject and GetObject with x-amz-checksum-mode: ENABLED answer with the object's checksum.</summary>
    public bool ObjectChecksums { get; set; } = true;

    internal IAmazonS3 S3 => s3;

    internal MultipartUploads Uploads => _uploads;

    /// <summary>From now on this object has a CRC-32 of type FULL_OBJECT, right or wrong.</summary>
    public void MarkFullObjectCrc32(string bucket, string key, uint crc) => Mark((bucket, key), Checksum.Encode(crc), "FULL_OBJECT");

    internal static void SpoilChecksums(HttpContext context) => context.Items[SpoiledKey] = true;

    /// <summary>A checksum as it goes into an answer: wrong if the request met that fault.</summary>
    internal static string Answered(HttpContext context, string checksum) =>
        context.Items.ContainsKey(SpoiledKey) ? (checksum[0] == 'A' ? 'B' : 'A') + checksum[1..] : checksum;

    internal void Mark((string Bucket, string Key) target, string checksum, string type) => _objects[target] = (checksum, type);

    internal Task ServeAsync(HttpContext context, string operation, Func<Task> forward)
    {
        var target = S3Operation.Target(context.Request);
        switch (operation)
        {
            case "HeadObject":
            case "GetObject" when !context.Request.Headers.ContainsKey("Range"):
                AnswerWithChecksum(context, target);
                return forward();
            case "PutObject":
                _objects.TryRemove(target, out _);
                return UploadBehaviour.PutObjectAsync(this, context, forward);
            case "CopyObject" or "DeleteObject":
                _objects.TryRemove(target, out _);
                return forward();
            case "CreateMultipartUpload":
                return MultipartBehaviour.CreateAsync(this, context, forward);
            case "UploadPart":
                return UploadBehaviour.UploadPartAsync(this, context, forward);
            case "UploadPartCopy":
                return CopyBehaviour.UploadPartCopyAsync(this, context, forward);
            case "ListParts":
                return MultipartBehaviour.ListPartsAsync(this, context, forward);
            case "CompleteMultipartUpload":
                return MultipartBehaviour.CompleteAsync(this, context, forward);
            default:
                return forward();
        }
    }

    private void AnswerWithChecksum(HttpContext context, (string Bucket, string Key) target)
    {
        if (!ObjectChecksums || context.Request.Headers["x-amz-checksum-mode"] != "ENABLED" || !_objects.TryGetValue(target, out var known))
            return;
        context.Response.OnStarting(() =>
        {
            if (context.Response.StatusCode == 200)
            {
                context.Response.Headers["x-amz-checksum-crc32"] = Answered(context, known.Checksum);
                context.Response.Headers["x-amz-checksum-type"] = known.Type;
            }

            return Task.CompletedTask;
        });
    }
}
