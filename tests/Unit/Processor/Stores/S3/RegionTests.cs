using Archiver.Programs.Settings;
using Archiver.Processor.Stores.S3;

namespace Archiver.Tests.Processor.Stores.S3;

/// <summary>Sources in another region than archives.</summary>
public sealed class RegionTests
{
    [Theory]
    [InlineData("eu-central-1", null, false)]
    [InlineData("eu-central-1", "eu-central-1", false)]
    [InlineData("eu-central-1", "us-east-1", true)]
    [InlineData(null, "us-east-1", true)]
    public void A_region_of_the_sources_counts_where_it_is_another(string? region, string? sourceRegion, bool crosses) =>
        Assert.Equal(crosses, new AwsSettings { Region = region, SourceRegion = sourceRegion }.CrossesRegions);

    [Fact]
    public void Sources_are_asked_for_in_their_region()
    {
        var aws = new AwsSettings { Region = "eu-central-1", SourceRegion = "us-west-2", AccessKeyId = "some-key", SecretAccessKey = "some-secret" };

        using var client = S3ClientFactory.Create(aws with { Region = aws.SourceRegion }, retries: 1, new AdaptivePace(TimeProvider.System));

        Assert.Equal("us-west-2", client.Config.RegionEndpoint.SystemName);
    }
}
