using Archiver.Inventory;

namespace Archiver.Tests.Packaging;

public sealed class PackageMetadataTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("archiver-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_expression_is_taken_as_it_is()
    {
        PutNuspec("""<license type="expression">Apache-2.0</license><copyright>Copyright Somebody</copyright><projectUrl>https://example.test/</projectUrl>""");

        Assert.Equal(new PackageMetadata("Apache-2.0", "Copyright Somebody", "https://example.test/"), Read());
    }

    [Fact]
    public void A_license_in_a_file_is_known_by_its_text_and_authors_stand_in_for_a_copyright()
    {
        PutNuspec("""<license type="file">LICENSE</license><authors>Some Body</authors>""");
        File.WriteAllText(Path.Combine(_folder, "LICENSE"), "The MIT License (MIT)\n\nCopyright");

        Assert.Equal(new PackageMetadata("MIT", "Copyright Some Body", null), Read());
    }

    [Theory]
    [InlineData("<authors>Some Body</authors>")]
    [InlineData("<licenseUrl>https://example.test/license</licenseUrl>")]
    [InlineData("""<license type="file">LICENSE</license>""")]
    public void One_that_is_not_known_stops_the_release_and_is_named(string metadata)
    {
        PutNuspec(metadata);
        File.WriteAllText(Path.Combine(_folder, "LICENSE"), "All rights reserved.");

        Assert.Contains("some-package", Assert.Throws<InvalidDataException>(Read).Message, StringComparison.Ordinal);
    }

    private PackageMetadata Read() => PackageMetadata.Read(_folder, "some-package");

    private void PutNuspec(string metadata) => File.WriteAllText(
        Path.Combine(_folder, "some-package.nuspec"),
        $"""<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata><id>some-package</id>{metadata}</metadata></package>""");
}
