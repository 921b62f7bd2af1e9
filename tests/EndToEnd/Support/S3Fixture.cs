using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.EndToEnd.Support;

/// <summary>A bucket of a test class's own, and short ways to look into it. Use it as a class fixture.</summary>
public sealed class S3Fixture : IAsyncLifetime
{
    public string Bucket { get; } = Unique.Name("archiver-test");

    public AmazonS3Client Client { get; } = ClientFor(Endpoints.S3Url);

    public async ValueTask InitializeAsync() => await Client.PutBucketAsync(Bucket);

    /// <summary>A client that differs only in where it sends: to a <see cref="FaultProxy"/>, say.</summary>
    public static AmazonS3Client ClientFor(Uri url, int retries = 4)
    {
        var config = new AmazonS3Config
        {
            ServiceURL = url.ToString(),
            AuthenticationRegion = Endpoints.Region,
            ForcePathStyle = true,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            MaxErrorRetry = retries,
        };
        return Endpoints.Credentials is { } credentials ? new AmazonS3Client(credentials, config) : new AmazonS3Client(config);
    }

    /// <summary>A proxy in front of S3 that does what AWS does, and fails when told to.</summary>
    public Task<FaultProxy> StartProxyAsync(int seed = 1) => FaultProxy.StartAsync(Endpoints.S3Url, seed, new AwsBehaviours(Client));

    /// <summary>Returns the ETag.</summary>
    public async Task<string> PutAsync(string key, byte[] content)
    {
        using var body = new MemoryStream(content);
        var request = new PutObjectRequest { BucketName = Bucket, Key = key, InputStream = body };
        return (await Client.PutObjectAsync(request, TestContext.Current.CancellationToken)).ETag;
    }

    public Task<string> PutAsync(string key, string content) => PutAsync(key, Encoding.UTF8.GetBytes(content));

    public async Task<byte[]> GetAsync(string key)
    {
        using var response = await Client.GetObjectAsync(Bucket, key, TestContext.Current.CancellationToken);
        using var content = new MemoryStream();
        await response.ResponseStream.CopyToAsync(content, TestContext.Current.CancellationToken);
        return content.ToArray();
    }

    public async Task<bool> ExistsAsync(string key) => (await ListAsync(key)).Any(found => found.Key == key);

    public async Task<IReadOnlyList<S3Object>> ListAsync(string prefix = "")
    {
        var objects = new List<S3Object>();
        var request = new ListObjectsV2Request { BucketName = Bucket, Prefix = prefix, Encoding = EncodingType.Url };
        do
        {
            var page = await Client.ListObjectsV2Async(request);
            foreach (var found in page.S3Objects ?? [])
            {
                // XML cannot carry every key.
                found.Key = Uri.UnescapeDataString(found.Key.Replace('+', ' '));
                objects.Add(found);
            }
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
        return objects;
    }

    /// <summary>The multipart uploads that were begun and neither completed nor aborted.</summary>
    public async Task<IReadOnlyList<MultipartUpload>> ListUploadsAsync()
    {
        var page = await Client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = Bucket });
        return page.MultipartUploads ?? [];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var upload in await ListUploadsAsync())
            await Client.AbortMultipartUploadAsync(Bucket, upload.Key, upload.UploadId);
        foreach (var found in await ListAsync())
            await Client.DeleteObjectAsync(Bucket, found.Key);
        await Client.DeleteBucketAsync(Bucket);
        Client.Dispose();
    }
}
