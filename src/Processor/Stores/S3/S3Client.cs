using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;

namespace Archiver.Processor.Stores.S3;

/// <summary>The SDK's client, with a fix for keys that begin with a slash.</summary>
internal sealed class S3Client : AmazonS3Client
{
    /// <param name="credentials">Null for those that the SDK finds.</param>
    /// <param name="config">Endpoint and region.</param>
    public static S3Client Create(AWSCredentials? credentials, AmazonS3Config config) =>
        credentials is null ? new S3Client(config) : new S3Client(credentials, config);

    private S3Client(AmazonS3Config config)
        : base(config)
    {
    }

    private S3Client(AWSCredentials credentials, AmazonS3Config config)
        : base(credentials, config)
    {
    }

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.AddHandlerBefore<Signer>(new WholeKeys());
    }
}
