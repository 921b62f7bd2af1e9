using System.Text.Json.Nodes;
using Amazon.S3;
using Archiver.EndToEnd.Support;

// archiver-aws-proxy URL: stands before an S3 server and does what AWS does and that server may not; see tests/EndToEnd/Support. Prints
// its own URL. For every line on standard input it prints what went through it since the last, as one line of JSON.
string[] operations =
[
    "GetObject", "HeadObject", "ListObjectsV2", "ListParts", "ListMultipartUploads", "PutObject", "UploadPart", "UploadPartCopy",
    "CreateMultipartUpload", "CompleteMultipartUpload", "AbortMultipartUpload",
];
var target = new Uri(args[0]);
using var s3 = new AmazonS3Client(new AmazonS3Config { ServiceURL = target.ToString(), ForcePathStyle = true, AuthenticationRegion = "us-east-1" });
var proxy = await FaultProxy.StartAsync(target, aws: new AwsBehaviours(s3)).ConfigureAwait(false);
await using (proxy.ConfigureAwait(false))
{
    await Console.Out.WriteLineAsync(proxy.Url.ToString()).ConfigureAwait(false);
    var last = operations.ToDictionary(static operation => operation, static _ => new OperationCount());
    while (await Console.In.ReadLineAsync().ConfigureAwait(false) is not null)
    {
        var counts = new JsonObject();
        foreach (var operation in operations)
        {
            var (now, before) = (proxy.Counters[operation], last[operation]);
            last[operation] = now;
            if (now.Requests > before.Requests)
                counts[operation] = new JsonObject { ["requests"] = now.Requests - before.Requests, ["in"] = now.BytesIn - before.BytesIn, ["out"] = now.BytesOut - before.BytesOut };
        }
        await Console.Out.WriteLineAsync(counts.ToJsonString()).ConfigureAwait(false);
    }
}
