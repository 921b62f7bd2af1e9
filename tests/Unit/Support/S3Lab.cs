using Amazon.S3;
using Archiver.Processor.Parts;
using Archiver.Processor.Stores.S3;
using Archiver.Programs.Settings;
using Serilog.Core;

namespace Archiver.Tests.Support;

/// <summary>The S3 stores in front of a server that a test scripts. Bodies that fail are tried twice, at once.</summary>
internal sealed class S3Lab : IAsyncDisposable
{
    public const string KeyId = "some-key-id";
    public const string Secret = "some-secret-key";

    private readonly AmazonS3Client _client;
    private readonly S3Bodies _bodies;

    public S3Lab(Func<ScriptedRequest, string?> answer, int retries = 0)
    {
        Server = new ScriptedServer(answer);
        var pace = new AdaptivePace(TimeProvider.System);
        _client = S3ClientFactory.Create(
            new AwsSettings { EndpointUrlS3 = Server.Url, Region = "us-east-1", AccessKeyId = KeyId, SecretAccessKey = Secret, ForcePathStyle = true }, retries, pace);
        _bodies = new S3Bodies(_client, new Retry(new RetryPolicy(2, TimeSpan.Zero, TimeSpan.Zero), TimeProvider.System), pace);
        Source = new S3Source(_client, _bodies);
        Archives = new S3Archives(_client, _bodies, Location, PartLimits.S3, Logger.None);
        Multipart = new S3MultipartUpload(
            _client, _bodies, new S3Leftovers(_client, Location.Bucket, Logger.None), Location.Bucket, "some.zip", EarlierUpload.Of("some-upload", []), PartLimits.S3.Preferred, Logger.None);
    }

    public static StoreLocation Location { get; } = new(StoreScheme.S3, "some-bucket", "");

    public ScriptedServer Server { get; }

    public S3Source Source { get; }

    public S3Archives Archives { get; }

    /// <summary>An upload that has been begun.</summary>
    public S3MultipartUpload Multipart { get; }

    public S3Bodies Bodies => _bodies;

    public async ValueTask DisposeAsync()
    {
        _bodies.Dispose();
        _client.Dispose();
        await Server.DisposeAsync();
    }
}
