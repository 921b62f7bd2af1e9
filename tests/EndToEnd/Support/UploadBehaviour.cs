using Microsoft.AspNetCore.Http;

namespace Archiver.EndToEnd.Support;

/// <summary>PutObject and UploadPart: bodies that come with a checksum.</summary>
internal static class UploadBehaviour
{
    private const string Header = "x-amz-checksum-crc32";

    public static Task PutObjectAsync(AwsBehaviours aws, HttpContext context, Func<Task> forward)
    {
        var target = S3Operation.Target(context.Request);
        return context.Request.Headers.ContainsKey(Header)
            ? CheckAsync(aws, context, forward, body => aws.Mark(target, Checksum.Encode(body.Crc), "FULL_OBJECT"))
            : forward();
    }

    public static Task UploadPartAsync(AwsBehaviours aws, HttpContext context, Func<Task> forward)
    {
        var request = context.Request;
        var upload = aws.Uploads.Find(request);
        var hasChecksum = request.Headers.ContainsKey(Header);
        if (aws.BodyChecksums && upload is { IsFullObject: false } && !hasChecksum)
            return MismatchAsync(context, "crc32", "null");
        if (aws.BodyChecksums && aws.Uploads.IsPlain(request) && hasChecksum)
            return MismatchAsync(context, "null", "crc32");

        return upload is null && !hasChecksum
            ? forward()
            : CheckAsync(aws, context, forward, body => upload?.Store(request, new UploadedPart(body.Crc, body.DataLength)));
    }

    private static Task MismatchAsync(HttpContext context, string expected, string actual) => ErrorAnswer.WriteAsync(
        context, 400, "InvalidRequest", $"Checksum Type mismatch occurred, expected checksum Type: {expected}, actual checksum Type: {actual}");

    private static async Task CheckAsync(AwsBehaviours aws, HttpContext context, Func<Task> forward, Action<ChecksummedRequestBody> store)
    {
        var claimed = aws.BodyChecksums && context.Request.Headers[Header].ToString() is { Length: > 0 } value ? value : null;
        var body = new ChecksummedRequestBody(context.Request, claimed);
        context.Request.Body = body;
        // Before the client has the answer: it may complete the upload at once.
        context.Response.OnStarting(() =>
        {
            if (context.Response.StatusCode == 200)
            {
                store(body);
                if (claimed is not null)
                    context.Response.Headers[Header] = AwsBehaviours.Answered(context, claimed);
            }

            return Task.CompletedTask;
        });
        await forward();
        if (body.IsRefused)
            await ErrorAnswer.WriteAsync(context, 400, "BadDigest", "The CRC32 you specified did not match the calculated checksum.");
    }
}
