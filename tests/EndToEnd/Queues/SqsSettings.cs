using Archiver.Contract;
using Archiver.EndToEnd.Support;

namespace Archiver.EndToEnd.Queues;

/// <summary>The endpoints as this program's settings.</summary>
internal static class SqsSettings
{
    public static AwsConnection Read()
    {
        var environment = Endpoints.ProcessEnvironment;
        return new AwsConnection
        {
            EndpointUrl = environment["AWS_ENDPOINT_URL_SQS"],
            Region = environment["AWS_REGION"],
            AccessKeyId = environment["AWS_ACCESS_KEY_ID"],
            SecretAccessKey = environment["AWS_SECRET_ACCESS_KEY"],
            SessionToken = environment["AWS_SESSION_TOKEN"],
        };
    }
}
