using Archiver.Processor.Stores.S3;
using Archiver.Programs.Settings;

namespace Archiver.Tests.Processor.Stores.S3;

/// <summary>Sources in another region than archives.</summary>
public sealed class RegionTests
{
    [Theory]
    [InlineData("eu-central-1", null, false)]
    [InlineData("eu-central-1", "eu-central-1", false)]
    [InlineData("eu-central-1", "us-east-1", true)]
    [InlineData(null, "us-east-1", true)]
    public void A_source_region_matters_only_if_it_differs(string? region, string? sourceRegion, bool crosses) =>
        Assert.Equal(crosses, new AwsSettings { Region = region, SourceRegion = sourceRegion }.CrossesRegions);

    [Fact]
    public void Sources_are_requested_in_their_region()
    {
        var aws = new AwsSettings
        {
            Region = "eu-central-1",
            SourceRegion = "us-west-2",
            AccessKeyId = "some-key",
            SecretAccessKey = "some-secret",
        };

        var pace = new AdaptivePace(TimeProvider.System);
        using var client = S3ClientFactory.Create(aws with { Region = aws.SourceRegion }, retries: 1, pace);

        Assert.Equal("us-west-2", client.Config.RegionEndpoint.SystemName);
    }
}
