using System.Net;
using System.Security.Authentication;
using System.Xml;
using Amazon.Runtime;
using Amazon.S3;
using Archiver.Contract.Boundary;
using Archiver.Processor.Stores.S3;

namespace Archiver.Tests.Processor.Stores.S3;

public sealed class S3ErrorsTests
{
    private const string Where = "s3://bucket/key";

    private static readonly DateTimeOffset Now = new(2024, 5, 30, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(400, "ExpiredToken", ExitCode.Config, "expired")]
    [InlineData(400, "TokenRefreshRequired", ExitCode.Config, "expired")]
    [InlineData(403, "InvalidAccessKeyId", ExitCode.Config, "not valid")]
    [InlineData(403, "SignatureDoesNotMatch", ExitCode.Config, "not valid")]
    [InlineData(400, "InvalidToken", ExitCode.Config, "not valid")]
    [InlineData(403, "AccessDenied", ExitCode.NoPermission, "access denied")]
    [InlineData(403, "AccountProblem", ExitCode.NoPermission, "access denied")]
    [InlineData(400, "KMS.DisabledException", ExitCode.NoPermission, "access denied")]
    [InlineData(403, "SomethingElse", ExitCode.NoPermission, "access denied (SomethingElse)")]
    [InlineData(403, "RequestTimeTooSkewed", ExitCode.Unavailable, "clock")]
    [InlineData(403, "InvalidObjectState", ExitCode.NoInput, "must be restored")]
    [InlineData(403, "ObjectNotInActiveTierError", ExitCode.NoInput, "must be restored")]
    [InlineData(404, "NoSuchKey", ExitCode.NoInput, "does not exist")]
    [InlineData(404, "NoSuchBucket", ExitCode.NoInput, "bucket does not exist")]
    [InlineData(404, "NoSuchUpload", ExitCode.TempFail, "trying again")]
    [InlineData(301, "PermanentRedirect", ExitCode.NoInput, "another region")]
    [InlineData(400, "AuthorizationHeaderMalformed", ExitCode.NoInput, "another region")]
    [InlineData(400, "KeyTooLongError", ExitCode.NoInput, "KeyTooLongError")]
    [InlineData(400, "InvalidRequest", ExitCode.NoInput, "InvalidRequest")]
    [InlineData(400, "NeverHeardOf", ExitCode.TempFail, "NeverHeardOf")]
    [InlineData(400, "RequestTimeout", ExitCode.TempFail, "trying again")]
    [InlineData(400, "ThrottlingException", ExitCode.TempFail, "trying again")]
    [InlineData(503, "SlowDown", ExitCode.TempFail, "trying again")]
    [InlineData(500, "InternalError", ExitCode.TempFail, "trying again")]
    [InlineData(412, "PreconditionFailed", ExitCode.TempFail, "changed in the meantime")]
    [InlineData(429, null, ExitCode.TempFail, "trying again")]
    [InlineData(503, null, ExitCode.TempFail, "trying again")]
    [InlineData(400, null, ExitCode.Unavailable, "not from an S3 server (HTTP 400 without an S3 error code)")]
    [InlineData(401, null, ExitCode.Unavailable, "not from an S3 server")]
    [InlineData(403, null, ExitCode.Unavailable, "not from an S3 server")]
    [InlineData(404, null, ExitCode.Unavailable, "not from an S3 server")]
    [InlineData(407, null, ExitCode.Unavailable, "not from an S3 server")]
    [InlineData(301, null, ExitCode.Unavailable, "not from an S3 server")]
    [InlineData(302, null, ExitCode.Unavailable, "not from an S3 server")]
    [InlineData(500, null, ExitCode.Unavailable, "not from an S3 server")]
    [InlineData(502, null, ExitCode.Unavailable, "not from an S3 server")]
    [InlineData(504, null, ExitCode.Unavailable, "not from an S3 server")]
    public void An_answer_has_its_exit_code(int status, string? code, int exitCode, string said)
    {
        // If the code is missing, the SDK uses the name of the status instead.
        var told = new AmazonS3Exception("no")
        {
            StatusCode = (HttpStatusCode)status,
            ErrorCode = code ?? ((HttpStatusCode)status).ToString(),
        };
        var control = S3Errors.Describe(told, Where, ExitCode.NoInput);
        var body = S3Errors.Describe(new S3BodyException(new S3Answer((HttpStatusCode)status, code)), Where, ExitCode.NoInput);

        Assert.Equal((exitCode, exitCode), (control.ExitCode, body.ExitCode));
        Assert.Contains(said, control.Message, StringComparison.Ordinal);
        Assert.StartsWith($"{Where}: ", control.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NoSuchBucket", ExitCode.CannotCreate)]
    [InlineData("PermanentRedirect", ExitCode.CannotCreate)]
    [InlineData("NeverHeardOf", ExitCode.CannotCreate)]
    [InlineData("InvalidObjectState", ExitCode.NoInput)]
    public void A_missing_destination_cannot_be_written(string code, int exitCode) =>
        Assert.Equal(exitCode, S3Verdict.On(new S3Answer(HttpStatusCode.BadRequest, code), ExitCode.CannotCreate, Now).ExitCode);

    [Theory]
    [InlineData("RequestTimeTooSkewed", "The difference is too large.", 3 * 24 * 60, "this machine's clock is 3 days behind the server's")]
    [InlineData("RequestTimeTooSkewed", "The difference is too large.", -5 * 60, "this machine's clock is 5 hours ahead of the server's")]
    [InlineData("AccessDenied", "Request has expired", 61, "this machine's clock is 61 minutes behind the server's")]
    [InlineData("AccessDenied", "Request is not valid yet", -20, "this machine's clock is 20 minutes ahead of the server's")]
    [InlineData("SignatureDoesNotMatch", "Signature expired: 20240527T120000Z is now earlier than ...", 3 * 24 * 60, "3 days behind")]
    [InlineData("RequestTimeTooSkewed", "The difference is too large.", null, "too far apart")]
    public void A_wrong_clock_is_reported_with_its_deviation(string code, string message, int? minutes, string said)
    {
        var answer = new S3Answer(HttpStatusCode.Forbidden, code, message) { Date = minutes is { } late ? Now.AddMinutes(late) : null };

        var verdict = S3Verdict.On(answer, ExitCode.NoInput, Now);

        Assert.Equal(ExitCode.Unavailable, verdict.ExitCode);
        Assert.Contains(said, verdict.Says, StringComparison.Ordinal);
    }

    [Fact]
    public void A_storage_class_and_a_region_are_named()
    {
        var cold = new S3Answer(HttpStatusCode.Forbidden, "InvalidObjectState") { StorageClass = "DEEP_ARCHIVE" };
        var elsewhere = new S3Answer(HttpStatusCode.MovedPermanently, null) { Region = "eu-west-1" };

        Assert.Contains("DEEP_ARCHIVE", S3Verdict.On(cold, 0, Now).Says, StringComparison.Ordinal);
        Assert.Contains("the region eu-west-1", S3Verdict.On(elsewhere, 0, Now).Says, StringComparison.Ordinal);
    }

    public static TheoryData<Exception, int, string> Exceptions { get; } = new()
    {
        { new AmazonClientException("Failed to resolve AWS credentials."), ExitCode.Config, "Failed to resolve AWS credentials" },
        {
            new AmazonServiceException("Unable to get IAM security credentials from EC2 Instance Metadata Service."),
            ExitCode.Unavailable,
            "cannot be reached"
        },
        {
            new AmazonClientException("x", new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused (127.0.0.1:1)")),
            ExitCode.Unavailable,
            "cannot be reached: Connection refused"
        },
        {
            new HttpRequestException(HttpRequestError.NameResolutionError, "Name or service not known (no.invalid:80)"),
            ExitCode.Unavailable,
            "name cannot be resolved"
        },
        {
            new HttpRequestException(
                HttpRequestError.SecureConnectionError, "The SSL connection could not be established.",
                new AuthenticationException("The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot")),
            ExitCode.Unavailable,
            "certificate is not trusted "
                + "(The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot); add"
        },
        {
            new HttpRequestException(
                HttpRequestError.SecureConnectionError, "The SSL connection could not be established.",
                new AuthenticationException("Cannot determine the frame size or a corrupted frame was received.")),
            ExitCode.Unavailable,
            "http or https"
        },
        {
            new HttpRequestException(HttpRequestError.InvalidResponse, "Received an invalid status line: 'SSH-2.0'."),
            ExitCode.Unavailable,
            "not from an S3 server"
        },
        {
            new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, "The HTTP response headers length exceeded the set limit."),
            ExitCode.Unavailable,
            "not from an S3 server"
        },
        { new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely."), ExitCode.Unavailable, "broke" },
        {
            new HttpIOException(HttpRequestError.InvalidResponse, "Received chunk header length could not be parsed."),
            ExitCode.Unavailable,
            "not from an S3 server"
        },
        { new XmlException("Unexpected end of file."), ExitCode.Unavailable, "not from an S3 server (Unexpected end of file" },
        { new FormatException("The string 'yesterday' was not recognized."), ExitCode.Unavailable, "not from an S3 server" },
        { new OverflowException("too large"), ExitCode.Unavailable, "not from an S3 server" },
        {
            new AmazonUnmarshallingException("Error unmarshalling response back from AWS.", "", new XmlException("x")),
            ExitCode.Unavailable,
            "cannot be reached"
        },
        { new TimeoutException("The operation was canceled."), ExitCode.Unavailable, "canceled" },
        { new TaskCanceledException(), ExitCode.Unavailable, "in time" },
        { new IOException("Broken pipe"), ExitCode.Unavailable, "Broken pipe" },
        { new InvalidOperationException("a bug"), ExitCode.Software, "InvalidOperationException" },
    };

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void An_expected_exception_is_not_reported_as_a_bug(Exception error, int exitCode, string said)
    {
        var told = S3Errors.Describe(error, Where, ExitCode.NoInput);

        Assert.Equal(exitCode, told.ExitCode);
        Assert.Contains(said, told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', told.Message);
    }

    [Fact]
    public void A_service_that_refuses_credentials_is_a_matter_of_configuration() =>
        Assert.Equal(
            ExitCode.Config,
            S3Errors.Describe(
                new AmazonServiceException("no") { StatusCode = HttpStatusCode.BadRequest, ErrorCode = "ValidationError" },
                Where,
                ExitCode.NoInput).ExitCode);
}
