using System.Globalization;
using System.Net;
using System.Xml.Linq;
using Amazon.S3;
using Microsoft.AspNetCore.Http;

namespace Archiver.EndToEnd.Support;

/// <summary>CreateMultipartUpload and CompleteMultipartUpload: which checksum an upload has, and what completing it checks.</summary>
internal static class MultipartBehaviour
{
    private const string Result = "CompleteMultipartUploadResult";

    public static async Task CreateAsync(AwsBehaviours aws, HttpContext context, Func<Task> forward)
    {
        var answer = await CapturedAnswer.TakeAsync(context, forward);
        if (answer.IsSuccess)
        {
            var id = XDocument.Parse(answer.Body).Descendants().First(element => element.Name.LocalName == "UploadId").Value;
            var type = context.Request.Headers["x-amz-checksum-type"] == "FULL_OBJECT" ? "FULL_OBJECT" : "COMPOSITE";
            if (context.Request.Headers["x-amz-checksum-algorithm"] == "CRC32")
            {
                aws.Uploads.Add(id, type);
                context.Response.Headers["x-amz-checksum-algorithm"] = "CRC32";
                context.Response.Headers["x-amz-checksum-type"] = type;
            }
            else
            {
                aws.Uploads.AddPlain(id);
            }
        }

        await answer.SendAsync();
    }

    public static async Task ListPartsAsync(AwsBehaviours aws, HttpContext context, Func<Task> forward)
    {
        var upload = aws.Uploads.Find(context.Request);
        var answer = await CapturedAnswer.TakeAsync(context, forward);
        if (answer.IsSuccess && aws.ListedChecksums && upload is not null)
            answer.AddToParts(number => upload.Find(number) is { } part ? ("ChecksumCRC32", Checksum.Encode(part.Crc)) : null);
        await answer.SendAsync();
    }

    public static async Task CompleteAsync(AwsBehaviours aws, HttpContext context, Func<Task> forward)
    {
        var request = context.Request;
        var target = S3Operation.Target(request);
        var upload = aws.Uploads.Find(request);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        body.Position = 0;
        request.Body = body;
        var parts = ListedPart.Read(body);

        if (aws.ConditionalComplete && request.Headers.IfNoneMatch == "*" && await ExistsAsync(aws, target))
        {
            await ErrorAnswer.WriteAsync(context, 412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
            return;
        }

        if (aws.CompleteChecksums && upload is not null && Objection(request, upload, parts) is var (code, message))
        {
            await ErrorAnswer.WriteAsync(context, 400, code, message);
            return;
        }

        var answer = await CapturedAnswer.TakeAsync(context, forward);
        if (answer.IsSuccess && answer.Body.Contains(Result, StringComparison.Ordinal))
        {
            if (upload?.ChecksumOf([.. parts.Select(part => part.Number)]) is { } checksum)
            {
                aws.Mark(target, checksum, upload.Type);
                if (aws.CompleteChecksums)
                {
                    answer.Add(Result, "ChecksumCRC32", AwsBehaviours.Answered(context, checksum));
                    answer.Add(Result, "ChecksumType", upload.Type);
                }
            }

            aws.Uploads.Remove(request);
        }

        await answer.SendAsync();
    }

    private static (string Code, string Message)? Objection(HttpRequest request, MultipartUploadState upload, IReadOnlyList<ListedPart> parts)
    {
        if (request.Headers["x-amz-checksum-type"].ToString() is { Length: > 0 } type && type != upload.Type)
            return ("InvalidRequest", $"The upload was created using the {upload.Type} checksum mode. The complete request must use the same checksum mode.");

        foreach (var part in parts)
        {
            if (part.Checksum is null && !upload.IsFullObject)
                return ("InvalidRequest", $"The upload was created using a crc32 checksum. The complete request must include the checksum for each part. It was missing for part {part.Number} in the request.");
            if (part.Checksum is not null && upload.Find(part.Number) is { } stored && part.Checksum != Checksum.Encode(stored.Crc))
                return ("InvalidPart", "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.");
        }

        int[] numbers = [.. parts.Select(part => part.Number)];
        if (request.Headers["x-amz-mp-object-size"].ToString() is { Length: > 0 } size
            && upload.LengthOf(numbers) is { } length && size != length.ToString(CultureInfo.InvariantCulture))
            return ("InvalidRequest", "The provided 'x-amz-mp-object-size' header value does not match what was computed.");
        if (request.Headers["x-amz-checksum-crc32"].ToString() is { Length: > 0 } claimed
            && upload.ChecksumOf(numbers) is { } computed && claimed != computed)
            return ("BadDigest", "The crc32 you specified did not match the calculated checksum.");
        return null;
    }

    private static async Task<bool> ExistsAsync(AwsBehaviours aws, (string Bucket, string Key) target)
    {
        try
        {
            await aws.S3.GetObjectMetadataAsync(target.Bucket, target.Key);
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private sealed record ListedPart(int Number, string? Checksum)
    {
        public static List<ListedPart> Read(MemoryStream body)
        {
            var parts = XDocument.Load(body).Root!.Elements().Select(part => new ListedPart(
                int.Parse(Child(part, "PartNumber")!, CultureInfo.InvariantCulture), Child(part, "ChecksumCRC32")));
            var list = parts.ToList();
            body.Position = 0;
            return list;
        }

        private static string? Child(XElement part, string name) =>
            part.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
    }
}
