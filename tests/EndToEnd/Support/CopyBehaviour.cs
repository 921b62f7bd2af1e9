using System.Globalization;
using System.IO.Hashing;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.AspNetCore.Http;

namespace Archiver.EndToEnd.Support;

/// <summary>UploadPartCopy: conditions on the source, and the checksum of the range in the answer.</summary>
internal static class CopyBehaviour
{
    private const long SmallestSource = 5 * 1024 * 1024;

    public static async Task UploadPartCopyAsync(AwsBehaviours aws, HttpContext context, Func<Task> forward)
    {
        var request = context.Request;
        var (bucket, key) = S3Operation.Split(Uri.UnescapeDataString(Header(request, "x-amz-copy-source").Split('?')[0]));
        var range = Header(request, "x-amz-copy-source-range");
        var condition = Header(request, "x-amz-copy-source-if-match").Trim('"');

        var source = await HeadAsync(aws, bucket, key);
        if (source is not null && aws.CopySourceConditions && condition.Length > 0 && condition != source.ETag.Trim('"'))
        {
            await ErrorAnswer.WriteAsync(context, 412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
            return;
        }

        if (source is not null && aws.SmallCopySourcesRefused && range.Length > 0 && source.ContentLength <= SmallestSource)
        {
            await ErrorAnswer.WriteAsync(context, 400, "InvalidRequest", "The specified copy source is not supported as a byte-range copy source");
            return;
        }

        var answer = await CapturedAnswer.TakeAsync(context, forward);
        if (answer.IsSuccess && aws.Uploads.Find(request) is { } upload)
        {
            var part = await ReadAsync(aws, bucket, key, range);
            upload.Store(request, part);
            if (aws.CopyPartChecksums)
                answer.Add("CopyPartResult", "ChecksumCRC32", AwsBehaviours.Answered(context, Checksum.Encode(part.Crc)));
        }

        await answer.SendAsync();
    }

    private static string Header(HttpRequest request, string name) => request.Headers[name].ToString();

    private static async Task<GetObjectMetadataResponse?> HeadAsync(AwsBehaviours aws, string bucket, string key)
    {
        try
        {
            return await aws.S3.GetObjectMetadataAsync(bucket, key);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            // The server behind says so better.
            return null;
        }
    }

    private static async Task<UploadedPart> ReadAsync(AwsBehaviours aws, string bucket, string key, string range)
    {
        var request = new GetObjectRequest { BucketName = bucket, Key = key };
        if (range.Length > 0)
        {
            var ends = range["bytes=".Length..].Split('-');
            request.ByteRange = new ByteRange(
                long.Parse(ends[0], CultureInfo.InvariantCulture), long.Parse(ends[1], CultureInfo.InvariantCulture));
        }

        using var response = await aws.S3.GetObjectAsync(request);
        var crc = new Crc32();
        await crc.AppendAsync(response.ResponseStream);
        return new UploadedPart(crc.GetCurrentHashAsUInt32(), response.ContentLength);
    }
}
