using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Planning;
using Archiver.Programs.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Planning;

public sealed class SourceResolverTests
{
    [Theory]
    [InlineData("some-source", "a/b.jpg", "s3://some-source/a/b.jpg")]
    [InlineData("s3://some-source/pre/fix", "a/b.jpg", "s3://some-source/pre/fix/a/b.jpg")]
    [InlineData("/data", "a/b.jpg", "file:///data/a/b.jpg")]
    [InlineData("/", "a/b.jpg", "file:///a/b.jpg")]
    [InlineData("some-source", "s3://other/a/b.jpg", "s3://other/a/b.jpg")]
    [InlineData("some-source", "S3://other/a/b.jpg", "s3://other/a/b.jpg")]
    [InlineData("/data", "s3://other/a/b.jpg", "s3://other/a/b.jpg")]
    [InlineData("/data", "file:///data/a%20b.jpg", "file:///data/a%20b.jpg")]
    [InlineData("/data", "file:///data/x/../a.jpg", "file:///data/a.jpg")]
    [InlineData("some-source", "a/../b.jpg", "s3://some-source/a/../b.jpg")]
    [InlineData("some-source", "/a.jpg", "s3://some-source//a.jpg")]
    public void A_source_is_a_key_a_bucket_s_or_a_file(string location, string source, string address) =>
        Assert.Equal(address, Resolver(location).Resolve(source).ToString());

    [Theory]
    [InlineData("/data", "../secret")]
    [InlineData("/data", "a/../../secret")]
    [InlineData("/data", "/etc/passwd")]
    [InlineData("/data", "a\0b")]
    [InlineData("/data", "file:///etc/passwd")]
    [InlineData("/data", "file:///data/../etc/passwd")]
    [InlineData("/data", "file:///data/%2e%2e/etc/passwd")]
    [InlineData("/data", "file:///database/x")]
    [InlineData("/data", "file://host/data/x")]
    [InlineData("/data", "file:///data/a%00b")]
    [InlineData("/data", "file:")]
    [InlineData("some-source", "file:///etc/passwd")]
    [InlineData("some-source", "s3://")]
    [InlineData("some-source", "s3://bucket")]
    [InlineData("some-source", "s3://bucket/")]
    [InlineData("some-source", "s3:///key")]
    [InlineData("some-source", "s3://arn:x/k")]
    [InlineData("some-source", "s3://arn:aws:s3:us-east-1:123456789012:accesspoint:x/k")]
    [InlineData("some-source", "s3://tenant:bucket/k")]
    [InlineData("some-source", "s3://a/k")]
    [InlineData("some-source", "s3://../k")]
    [InlineData("some-source", "s3://a..b/k")]
    [InlineData("some-source", "s3://-bucket/k")]
    [InlineData("some-source", "s3://bucket./k")]
    [InlineData("some-source", "s3://*/k")]
    [InlineData("some-source", "s3://bu cket/k")]
    [InlineData("some-source", "s3://bucket?x/k")]
    [InlineData("some-source", "s3://user:secret@bucket/k")]
    [InlineData("some-source", "s3://bücket/k")]
    public void What_is_malformed_or_leads_out_of_the_source_folder_is_exit_code_65(string location, string source) =>
        Refused(Resolver(location), source);

    [Theory]
    [InlineData("s3://allowed/a.jpg")]
    [InlineData("s3://other/pre/a.jpg")]
    [InlineData("s3://other/pre")]
    [InlineData("file:///shared/a.jpg")]
    [InlineData("s3://some-source/a.jpg")]
    public void What_the_operator_allows_may_be_read(string source) =>
        Assert.Equal(source, Resolver("some-source", "allowed, s3://other/pre, /shared").Resolve(source).ToString());

    [Theory]
    [InlineData("s3://else/a.jpg")]
    [InlineData("s3://other/a.jpg")]
    [InlineData("s3://other/prefix/a.jpg")]
    [InlineData("s3://allowed2/a.jpg")]
    [InlineData("file:///shared2/a.jpg")]
    [InlineData("file:///shared/../etc/passwd")]
    public void What_the_operator_does_not_allow_may_not(string source) =>
        Assert.Contains("ALLOWED_SOURCES", Refused(Resolver("some-source", "allowed, s3://other/pre, /shared"), source).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("tenant:bucket", null)]
    [InlineData("some-source", "tenant:bucket")]
    public void A_name_that_no_bucket_has_may_be_used_where_the_operator_does(string location, string? allowed) =>
        Assert.Equal("s3://tenant:bucket/a.jpg", Resolver(location, allowed).Resolve("s3://tenant:bucket/a.jpg").ToString());

    [Theory]
    [InlineData(null, "s3://else/a.jpg", true)]
    [InlineData("*", "s3://else/a.jpg", true)]
    [InlineData("*", "file:///shared/a.jpg", false)]
    [InlineData("*, /shared", "file:///shared/a.jpg", true)]
    [InlineData("", "s3://else/a.jpg", false)]
    [InlineData("", "s3://some-source/a.jpg", true)]
    public void Nothing_in_the_list_is_nothing_else_and_no_list_is_every_bucket(string? allowed, string source, bool isAllowed)
    {
        var resolver = Resolver("some-source", allowed);
        if (isAllowed)
            Assert.Equal(source, resolver.Resolve(source).ToString());
        else
            Refused(resolver, source);
    }

    [Theory]
    [InlineData("some-source", "s3://some-source/mds2909/a/b.txt", "s3://some-source/mds2909/")]
    [InlineData("s3://some-source/aips", "s3://some-source/aips/mds2909/a/b.txt", "s3://some-source/aips/mds2909/")]
    [InlineData("/data", "file:///data/mds2909/a/b.txt", "file:///data/mds2909")]
    public void Names_and_whole_packages_are_looked_for_below_the_package(string location, string name, string prefix)
    {
        Assert.Equal(name, Resolver(location).ResolveBelow("mds2909", "a/b.txt").ToString());
        Assert.Equal(prefix, Resolver(location).PrefixOf("mds2909").ToString());
    }

    [Fact]
    public void A_package_never_takes_another_s_files_whose_name_begins_alike() =>
        Assert.EndsWith("/", Resolver("some-source").PrefixOf("mds29").Key, StringComparison.Ordinal);

    private static ArchiverException Refused(SourceResolver resolver, string source)
    {
        var error = Assert.Throws<ArchiverException>(() => { _ = resolver.Resolve(source); });
        Assert.Equal(ExitCode.DataError, error.ExitCode);
        return error;
    }

    private static SourceResolver Resolver(string location, string? allowed = null) => new(Some.ArchiveSettings with
    {
        Source = StoreLocation.TryParse(location)!,
        AllowedSources = allowed is null ? null : SettingForm.Locations.Read(allowed),
    });
}
