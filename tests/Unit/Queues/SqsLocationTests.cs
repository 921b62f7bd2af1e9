using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Queues.Sqs;

namespace Archiver.Tests.Queues;

public sealed class SqsLocationTests
{
    [Theory]
    [InlineData("https://sqs.eu-central-1.amazonaws.com/123456789012/requests", "eu-central-1", null)]
    [InlineData("https://sqs.cn-north-1.amazonaws.com.cn/123456789012/requests", "cn-north-1", null)]
    [InlineData("https://sqs.us-gov-west-1.amazonaws.com/123456789012/requests", "us-gov-west-1", null)]
    [InlineData("https://queue.amazonaws.com/123456789012/requests", "us-east-1", null)]
    [InlineData("https://eu-west-1.queue.amazonaws.com/123456789012/requests", "eu-west-1", null)]
    [InlineData("https://sqs-fips.us-east-2.amazonaws.com/123456789012/requests", "us-east-2", "https://sqs-fips.us-east-2.amazonaws.com/")]
    [InlineData("https://vpce-1a2b.sqs.eu-west-1.vpce.amazonaws.com/123456789012/requests", "eu-west-1", "https://vpce-1a2b.sqs.eu-west-1.vpce.amazonaws.com/")]
    [InlineData("https://sqs.eu-west-1.api.aws/123456789012/requests", "eu-west-1", "https://sqs.eu-west-1.api.aws/")]
    [InlineData("http://localhost:4566/000000000000/requests", null, "http://localhost:4566/")]
    [InlineData("http://sqs.eu-west-1.localhost.localstack.cloud:4566/000000000000/requests", "eu-west-1", "http://sqs.eu-west-1.localhost.localstack.cloud:4566/")]
    [InlineData("http://127.0.0.1:9324/queue/requests", null, "http://127.0.0.1:9324/")]
    public void A_url_names_its_region_and_where_it_does_not_its_endpoint(string url, string? region, string? endpoint)
    {
        var location = SqsLocation.Parse(url);

        Assert.Equal(("requests", region, endpoint), (location.Name, location.Region, location.OwnEndpoint?.AbsoluteUri));
    }

    [Theory]
    [InlineData("requests")]
    [InlineData("Requests_2-x.fifo")]
    public void A_bare_name_has_neither_region_nor_endpoint(string name)
    {
        var location = SqsLocation.Parse(name);

        Assert.Equal((name, null, null), (location.Name, location.Region, location.OwnEndpoint));
    }

    [Theory]
    [InlineData("https://sqs.eu-central-1.amazonaws.com/")]
    [InlineData("https://sqs.eu-central-1.amazonaws.com/123456789012/requests/")]
    [InlineData("https://sqs.eu-central-1.amazonaws.com/123456789012/a.b")]
    [InlineData("ftp://example.test/requests")]
    [InlineData("two words")]
    public void Text_that_is_neither_url_nor_name_is_refused(string location) =>
        Assert.Equal(ExitCode.Config, Assert.Throws<ArchiverException>(() => SqsLocation.Parse(location)).ExitCode);

    [Fact]
    public void A_url_with_a_password_is_refused_without_showing_it()
    {
        var error = Assert.Throws<ArchiverException>(() => SqsLocation.Parse("https://me:geheim@sqs.example.test/1/requests"));

        Assert.DoesNotContain("geheim", error.Message, StringComparison.Ordinal);
    }
}
