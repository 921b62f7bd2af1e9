using Archiver.Programs.Settings;

namespace Archiver.Tests.Contract.Settings;

public sealed class StoreLocationTests
{
    [Theory]
    [InlineData("some-bucket", "some-bucket", "")]
    [InlineData("Old_Bucket.name", "Old_Bucket.name", "")]
    [InlineData("s3://some-bucket", "some-bucket", "")]
    [InlineData("s3://some-bucket/", "some-bucket", "")]
    [InlineData("s3://some-bucket/a/b", "some-bucket", "a/b")]
    [InlineData("S3://some-bucket/a/b/", "some-bucket", "a/b")]
    [InlineData("/data", "", "/data")]
    [InlineData("/data/", "", "/data")]
    [InlineData("/", "", "/")]
    [InlineData("/a/../b", "", "/b")]
    [InlineData("file:///data/x", "", "/data/x")]
    [InlineData("file:/data/x", "", "/data/x")]
    [InlineData("file://localhost/data", "", "/data")]
    [InlineData("FILE:///data/%C3%A4%20b", "", "/data/ä b")]
    public void Buckets_and_folders_are_told_apart(string text, string bucket, string path) =>
        Assert.Equal(new StoreLocation(bucket.Length == 0 ? StoreScheme.File : StoreScheme.S3, bucket, path), StoreLocation.TryParse(text));

    [Theory]
    [InlineData(".", "")]
    [InlineData("./data", "data")]
    [InlineData("./data/", "data")]
    [InlineData("../data", "../data")]
    [InlineData("..", "..")]
    public void Relative_folders_are_those_of_the_working_folder(string text, string below) =>
        Assert.Equal(Path.GetFullPath(Path.Combine(Directory.GetCurrentDirectory(), below)), StoreLocation.TryParse(text)!.Path);

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("no bucket")]
    [InlineData("-bucket")]
    [InlineData("data/files")]
    [InlineData("s3://")]
    [InlineData("s3:///key")]
    [InlineData("s3://no bucket/x")]
    [InlineData("file:")]
    [InlineData("file://host/data")]
    [InlineData("https://host.test/x")]
    [InlineData("~/data")]
    [InlineData("/data\0")]
    [InlineData("file:///data%00")]
    public void Other_texts_are_no_locations(string text) => Assert.Null(StoreLocation.TryParse(text));

    [Theory]
    [InlineData("some-bucket", "s3://some-bucket")]
    [InlineData("s3://some-bucket/a/", "s3://some-bucket/a")]
    [InlineData("/data/ä b", "file:///data/%C3%A4%20b")]
    public void A_location_is_shown_as_a_uri_that_reads_back(string text, string uri)
    {
        Assert.Equal(uri, $"{StoreLocation.TryParse(text)}");
        Assert.Equal(StoreLocation.TryParse(text), StoreLocation.TryParse(uri));
    }
}
