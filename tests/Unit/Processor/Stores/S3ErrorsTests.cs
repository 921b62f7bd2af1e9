using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Archiver.Contract.Boundary;
using Archiver.Processor.Stores.S3;

namespace Archiver.Tests.Processor.Stores;

public sealed class S3ErrorsTests
{
    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "ExpiredToken", ExitCode.Config, "expired")]
    [InlineData(HttpStatusCode.Forbidden, "InvalidAccessKeyId", ExitCode.Config, "not valid")]
    [InlineData(HttpStatusCode.Forbidden, "SignatureDoesNotMatch", ExitCode.Config, "not valid")]
    [InlineData(HttpStatusCode.BadRequest, "InvalidToken", ExitCode.Config, "not valid")]
    [InlineData(HttpStatusCode.Forbidden, "AccessDenied", ExitCode.NoPermission, "access denied")]
    [InlineData(HttpStatusCode.Forbidden, null, ExitCode.NoPermission, "access denied")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "SlowDown", ExitCode.TempFail, "trying again")]
    [InlineData(HttpStatusCode.NotFound, "NoSuchBucket", ExitCode.NoInput, "bucket")]
    public void An_answer_has_its_exit_code(HttpStatusCode status, string? code, int exitCode, string said)
    {
        var control = S3Errors.Describe(new AmazonS3Exception("no") { StatusCode = status, ErrorCode = code }, "s3://bucket/key", ExitCode.NoInput);
        var body = S3Errors.Describe(new S3BodyException(status, code), "s3://bucket/key", ExitCode.NoInput);

        Assert.Equal((exitCode, exitCode), (control.ExitCode, body.ExitCode));
        Assert.Contains(said, control.Message, StringComparison.Ordinal);
        Assert.StartsWith("s3://bucket/key: ", control.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_credentials_at_all_are_a_matter_of_configuration() =>
        Assert.Equal(ExitCode.Config, S3Errors.Describe(new AmazonClientException("Failed to resolve AWS credentials."), "s3://bucket", ExitCode.NoInput).ExitCode);
}
