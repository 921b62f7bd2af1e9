using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Archiver.Contract.Boundary;
using Archiver.Poller.Requests;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Tests.Poller.Requests;

/// <summary>Notifications that are signed by a certificate of the test's own, which is fetched from where SNS has its own.</summary>
public sealed class SnsGateTests : IDisposable
{
    private const string Topic = "arn:aws:sns:eu-central-1:123456789012:archive-requests";
    private const string CertificateUrl = "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem";

    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _certificate;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly List<Uri> _fetched = [];
    private readonly SnsCertificates _certificates;
    private Exception? _fetchFails;

    public SnsGateTests()
    {
        _certificate = new CertificateRequest("CN=sns.amazonaws.com", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(_clock.GetUtcNow().AddDays(-1), _clock.GetUtcNow().AddDays(1));
        _certificates = new SnsCertificates((url, _) =>
        {
            _fetched.Add(url);
            return _fetchFails is null ? Task.FromResult(_certificate.ExportCertificatePem()) : throw _fetchFails;
        });
    }

    public void Dispose()
    {
        _certificates.Dispose();
        _certificate.Dispose();
        _key.Dispose();
    }

    [Theory]
    [InlineData("1", null)]
    [InlineData("1", "A subject")]
    [InlineData("2", null)]
    [InlineData("2", "A subject")]
    public async Task What_sns_has_signed_for_the_topic_goes_through_and_the_certificate_is_fetched_once(string version, string? subject)
    {
        Assert.Null(await FindAsync(Signed(version, subject)));
        Assert.Null(await FindAsync(Signed(version, subject)));

        Assert.Equal(CertificateUrl, Assert.Single(_fetched).AbsoluteUri);
    }

    [Theory]
    [InlineData("Message", "{\"aipid\":\"another\"}", "signature is wrong")]
    [InlineData("Timestamp", "2026-01-02T00:00:00.000Z", "signature is wrong")]
    [InlineData("Subject", "added", "signature is wrong")]
    [InlineData("Signature", "AAAA", "signature is wrong")]
    [InlineData("Signature", "!", "no notification")]
    [InlineData("SignatureVersion", "1", "signature is wrong")]
    [InlineData("SignatureVersion", "3", "version of its signature is unknown")]
    [InlineData("TopicArn", "arn:aws:sns:eu-central-1:666:archive-requests", "topic is another")]
    [InlineData("Type", "SubscriptionConfirmation", "no notification")]
    [InlineData("aipid", "beside-what-is-signed", "no notification")]
    public async Task What_was_changed_does_not(string property, string value, string reason)
    {
        var message = Signed("2");
        message[property] = value;

        var problem = await FindAsync(message);

        Assert.Equal(ExitCode.DataError, problem!.Value.ExitCode);
        Assert.Contains(reason, problem.Value.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://sns.eu-central-1.amazonaws.com/a.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com.evil.example/a.pem")]
    [InlineData("https://evil.example/sns.eu-central-1.amazonaws.com/a.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com@evil.example/a.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com:8443/a.pem")]
    [InlineData("https://bucket.s3.amazonaws.com/a.pem")]
    [InlineData("https://sns.eu.central.amazonaws.com/a.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/?Action=Publish&a.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/a.pem?x")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/a.txt")]
    [InlineData("file:///etc/ssl/a.pem")]
    [InlineData("nonsense")]
    public async Task A_certificate_from_elsewhere_is_not_even_fetched(string url)
    {
        var message = Signed("2");
        message["SigningCertURL"] = url;

        Assert.Equal(ExitCode.DataError, (await FindAsync(message))!.Value.ExitCode);
        Assert.Empty(_fetched);
    }

    [Fact]
    public async Task Sns_in_china_has_its_own_hosts()
    {
        var message = Signed("2");
        message["SigningCertURL"] = "https://sns.cn-north-1.amazonaws.com.cn/a.pem";

        Assert.Null(await FindAsync(message));
    }

    [Theory]
    [InlineData(null, ExitCode.Unavailable)]
    [InlineData(HttpStatusCode.ServiceUnavailable, ExitCode.Unavailable)]
    [InlineData(HttpStatusCode.NotFound, ExitCode.DataError)]
    [InlineData(HttpStatusCode.Forbidden, ExitCode.DataError)]
    public async Task A_certificate_that_cannot_be_fetched_now_is_no_fault_of_the_message(HttpStatusCode? status, int exitCode)
    {
        _fetchFails = new HttpRequestException("no", null, status);
        Assert.Equal(exitCode, (await FindAsync(Signed("2")))!.Value.ExitCode);

        _fetchFails = null;
        Assert.Null(await FindAsync(Signed("2")));
    }

    [Fact]
    public async Task A_certificate_whose_time_is_over_does_not_count()
    {
        _clock.Advance(TimeSpan.FromDays(2));

        Assert.Contains("not currently valid", (await FindAsync(Signed("2")))!.Value.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_without_an_envelope_is_not_taken_when_topics_are_named_and_is_when_none_are()
    {
        const string Request = """{"aipid":"mds2909"}""";

        Assert.Equal(ExitCode.DataError, (await new SnsGate([Topic], _certificates, _clock).FindProblemAsync(JsonElement.Parse(Request), Token))?.ExitCode);
        Assert.Null(await new SnsGate([], _certificates, _clock).FindProblemAsync(JsonElement.Parse(Request), Token));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<(int ExitCode, string Message)?> FindAsync(Dictionary<string, string> message) =>
        await new SnsGate([Topic], _certificates, _clock).FindProblemAsync(JsonSerializer.SerializeToElement(message), Token) is { } problem ? (problem.ExitCode, problem.Reason) : null;

    // As the documentation of SNS says, not as the code does: https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
    private Dictionary<string, string> Signed(string version, string? subject = null)
    {
        const string Message = "{\"aipid\":\"mds2909\"}\n";
        var text = $"Message\n{Message}\nMessageId\n22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324\n{(subject is null ? "" : $"Subject\n{subject}\n")}Timestamp\n2026-01-01T00:00:00.000Z\nTopicArn\n{Topic}\nType\nNotification\n";
        var message = new Dictionary<string, string>
        {
            ["Type"] = "Notification",
            ["MessageId"] = "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
            ["TopicArn"] = Topic,
            ["Message"] = Message,
            ["Timestamp"] = "2026-01-01T00:00:00.000Z",
            ["SignatureVersion"] = version,
#pragma warning disable CA5350 // What SNS signs with in version 1.
            ["Signature"] = Convert.ToBase64String(_key.SignData(Encoding.UTF8.GetBytes(text), version == "2" ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1)),
#pragma warning restore CA5350
            ["SigningCertURL"] = CertificateUrl,
        };
        if (subject is not null)
            message["Subject"] = subject;
        return message;
    }
}
