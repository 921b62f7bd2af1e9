using Archiver.EndToEnd.Support;
using Archiver.Processor.Stores.S3;
using Archiver.Programs.Settings;
using Serilog.Core;

namespace Archiver.EndToEnd.Stores;

internal static class S3Access
{
    /// <summary>The stores of the server under test, made as the processor makes them.</summary>
    public static S3Stores StoresOf(StoreLocation location)
    {
        var credentials = Endpoints.Credentials?.GetCredentials();
        var aws = new AwsSettings
        {
            EndpointUrlS3 = Endpoints.S3Url.ToString(),
            Region = Endpoints.Region,
            AccessKeyId = credentials?.AccessKey,
            SecretAccessKey = credentials?.SecretKey,
            SessionToken = credentials?.UseToken == true ? credentials.Token : null,
        };
        return new S3Stores(new ArchiveSettings { Source = location, Destination = location }, aws, TimeProvider.System, Logger.None, retries: 2);
    }
}
