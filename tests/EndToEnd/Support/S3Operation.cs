using Microsoft.AspNetCore.Http;

namespace Archiver.EndToEnd.Support;

/// <summary>Tells which operation of the S3 or the SQS API a request is, by the name that the API reference gives it.</summary>
public static class S3Operation
{
    public static string Of(HttpRequest request)
    {
        // SQS, in its JSON protocol, says it outright: AmazonSQS.SendMessage.
        if (request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target)
            return target[(target.LastIndexOf('.') + 1)..];

        var (bucket, key) = Target(request);
        return key.Length > 0 ? OnObject(request) : bucket.Length > 0 ? OnBucket(request) : "ListBuckets";
    }

    /// <summary>Bucket and key of a path-style request.</summary>
    public static (string Bucket, string Key) Target(HttpRequest request) => Split(request.Path.Value ?? "/");

    /// <summary>Bucket and key of <c>/bucket/key</c>.</summary>
    public static (string Bucket, string Key) Split(string path)
    {
        var parts = path.TrimStart('/').Split('/', 2);
        return (parts[0], parts.Length > 1 ? parts[1] : "");
    }

    private static string OnObject(HttpRequest request)
    {
        var query = request.Query;
        var isCopy = request.Headers.ContainsKey("x-amz-copy-source");
        return request.Method switch
        {
            "HEAD" => "HeadObject",
            "GET" when query.ContainsKey("uploadId") => "ListParts",
            "GET" when query.ContainsKey("attributes") => "GetObjectAttributes",
            "GET" => "GetObject",
            "PUT" when query.ContainsKey("uploadId") => isCopy ? "UploadPartCopy" : "UploadPart",
            "PUT" => isCopy ? "CopyObject" : "PutObject",
            "POST" when query.ContainsKey("uploads") => "CreateMultipartUpload",
            "POST" when query.ContainsKey("uploadId") => "CompleteMultipartUpload",
            "DELETE" when query.ContainsKey("uploadId") => "AbortMultipartUpload",
            "DELETE" => "DeleteObject",
            _ => request.Method,
        };
    }

    private static string OnBucket(HttpRequest request)
    {
        var query = request.Query;
        return request.Method switch
        {
            "HEAD" => "HeadBucket",
            "GET" when query.ContainsKey("uploads") => "ListMultipartUploads",
            "GET" when query.ContainsKey("location") => "GetBucketLocation",
            "GET" => query["list-type"] == "2" ? "ListObjectsV2" : "ListObjects",
            "PUT" => "CreateBucket",
            "POST" when query.ContainsKey("delete") => "DeleteObjects",
            "DELETE" => "DeleteBucket",
            _ => request.Method,
        };
    }
}
