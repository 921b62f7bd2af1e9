using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Queues;
using Archiver.Queues.Sqs;

namespace Archiver.Tests.Queues;

public sealed class SqsErrorTests
{
    [Theory]
    [InlineData("AccessDenied", 403, ExitCode.NoPermission)]
    [InlineData("AccessDeniedException", 400, ExitCode.NoPermission)]
    [InlineData("AWS.SimpleQueueService.AccessDenied", 403, ExitCode.NoPermission)]
    [InlineData("KmsAccessDenied", 400, ExitCode.NoPermission)]
    [InlineData("OptInRequired", 403, ExitCode.NoPermission)]
    [InlineData("NeverHeardOf", 403, ExitCode.NoPermission)]
    [InlineData("InvalidClientTokenId", 403, ExitCode.Config)]
    [InlineData("UnrecognizedClientException", 400, ExitCode.Config)]
    [InlineData("MissingAuthenticationTokenException", 400, ExitCode.Config)]
    [InlineData("IncompleteSignature", 400, ExitCode.Config)]
    [InlineData("InvalidSecurity", 403, ExitCode.Config)]
    [InlineData("InvalidAccessKeyId", 403, ExitCode.Config)]
    [InlineData("SignatureDoesNotMatch", 403, ExitCode.Config)]
    [InlineData("ExpiredTokenException", 400, ExitCode.Config)]
    [InlineData("RequestExpired", 400, ExitCode.Unavailable)]
    [InlineData("AWS.SimpleQueueService.NonExistentQueue", 400, ExitCode.Config)]
    [InlineData("InvalidAddress", 404, ExitCode.Config)]
    [InlineData("InvalidMessageContents", 400, ExitCode.DataError)]
    [InlineData("InvalidParameterValue", 400, ExitCode.DataError)]
    [InlineData("ThrottlingException", 400, ExitCode.Unavailable)]
    [InlineData("", 400, ExitCode.Unavailable)]
    [InlineData("BadRequest", 400, ExitCode.Unavailable)]
    [InlineData("", 403, ExitCode.Unavailable)]
    [InlineData("Forbidden", 403, ExitCode.Unavailable)]
    [InlineData("", 404, ExitCode.Unavailable)]
    [InlineData("", 301, ExitCode.Unavailable)]
    [InlineData("", 502, ExitCode.Unavailable)]
    [InlineData("InternalFailure", 500, ExitCode.Unavailable)]
    [InlineData("ServiceUnavailable", 503, ExitCode.Unavailable)]
    public void An_error_code_has_an_exit_code(string code, int status, int exitCode)
    {
        var cause = new AmazonSQSException("Told in\ntwo lines.", ErrorType.Sender, code, "request-1", (HttpStatusCode)status);

        var error = SqsErrors.Explain(cause, "https://sqs.example.test/1/requests", sending: true);

        Assert.Equal(exitCode, error.ExitCode);
        Assert.Contains("https://sqs.example.test/1/requests", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_invalid_value_is_the_message_s_only_when_one_is_sent() =>
        Assert.Equal(
            ExitCode.Config,
            SqsErrors.Explain(new AmazonSQSException("x", ErrorType.Sender, "InvalidParameterValue", "r", HttpStatusCode.BadRequest), "q").ExitCode);

    [Fact]
    public void Credentials_that_are_missing_are_a_wrong_setting() =>
        Assert.Equal(ExitCode.Config, SqsErrors.Explain(new AmazonClientException("Failed to resolve AWS credentials. The providers returned:"), "q").ExitCode);

    [Theory]
    [InlineData("Signature expired: 20240527T120000Z is now earlier than 20240530T114500Z")]
    [InlineData("Signature not yet current: 20240530T120000Z is still later than 20240527T120000Z")]
    public void A_wrong_clock_is_told_as_one(string text)
    {
        var error = SqsErrors.Explain(new AmazonSQSException(text, ErrorType.Sender, "InvalidSignatureException", "r", HttpStatusCode.BadRequest), "q");

        Assert.Equal(ExitCode.Unavailable, error.ExitCode);
        Assert.Contains("set the clock", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_queue_that_does_not_exist_is_a_wrong_setting() =>
        Assert.Equal(ExitCode.Config, SqsErrors.Explain(new QueueDoesNotExistException("x"), "q").ExitCode);

    [Fact]
    public void The_client_s_own_timeout_is_no_cancellation() =>
        Assert.Equal(ExitCode.Unavailable, SqsErrors.Explain(new TaskCanceledException(), "q").ExitCode);

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        await using var queue = new SqsMessageQueue($"http://127.0.0.1:{port}/000000000000/requests", Some.Aws);

        var error = await Assert.ThrowsAsync<ArchiverException>(
            () => queue.SendAsync(new OutgoingMessage("x"), TestContext.Current.CancellationToken));

        Assert.Equal(ExitCode.Unavailable, error.ExitCode);
        Assert.Contains("cannot be reached", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Some.Aws.SecretAccessKey!, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_id_without_its_secret_is_a_wrong_setting() =>
        Assert.Equal(ExitCode.Config, Refusal("http://127.0.0.1:1/0/q", new AwsConnection { AccessKeyId = "id" }).ExitCode);

    [Fact]
    public void A_malformed_endpoint_is_a_wrong_setting() =>
        Assert.Equal(ExitCode.Config, Refusal("q", Some.Aws with { EndpointUrl = "localhost:4566" }).ExitCode);

    [Theory]
    [InlineData("a\0b")]
    [InlineData("\u001b")]
    [InlineData("\uFFFE")]
    public async Task Characters_that_sqs_does_not_carry_are_refused_before_it_changes_them(string body)
    {
        await using var queue = new SqsMessageQueue("http://127.0.0.1:1/0/q", Some.Aws);

        var error = await Assert.ThrowsAsync<ArchiverException>(
            () => queue.SendAsync(new OutgoingMessage(body), TestContext.Current.CancellationToken));

        Assert.Equal(ExitCode.DataError, error.ExitCode);
        Assert.Contains("U+", error.Message, StringComparison.Ordinal);
    }

    private static ArchiverException Refusal(string location, AwsConnection aws) =>
        Assert.Throws<ArchiverException>(() => { _ = new SqsMessageQueue(location, aws); });

    private static class Some
    {
        public static AwsConnection Aws { get; } = new() { Region = "eu-west-1", AccessKeyId = "some-key-id", SecretAccessKey = "some-secret-key" };
    }
}
