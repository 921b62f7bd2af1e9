using Archiver.Tests.Support;

namespace Archiver.Tests.Documentation;

/// <summary>Links in the pages, within the repository.</summary>
public sealed class LinkTests
{
    public static TheoryData<string> Pages => Page.Paths;

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_to_a_file_or_heading_that_exists(string path) =>
        Assert.All(Page.Of(path).Links, link => Assert.True(Exists(path, link), link));

    [Theory]
    [InlineData("docs/operations.md", "messages.md#exit-codes", true)]
    [InlineData("docs/operations.md", "#the-promise", true)]
    [InlineData("docs/operations.md", "messages.md#no-such-heading", false)]
    [InlineData("docs/operations.md", "#no-such-heading", false)]
    [InlineData("docs/operations.md", "no-such-page.md", false)]
    [InlineData("README.md", "docs/overview.svg", true)]
    [InlineData("README.md", "../docs/overview.svg", false)]
    public void A_link_starts_in_the_folder_of_its_page(string page, string link, bool exists) => Assert.Equal(exists, Exists(page, link));

    [Fact]
    public void The_readme_leads_to_every_page_in_docs() =>
        Assert.Empty(Repository.Files("docs", "*.md").Except(Page.Of("README.md").Links.Select(static link => link.Split('#')[0])));

    private static bool Exists(string page, string link)
    {
        // RELEASE.md is beside the README in a release.
        var folder = page == "packaging/RELEASE.md" ? "" : Path.GetDirectoryName(page)!;
        var (path, anchor) = (link.Split('#')[0], link.Split('#').ElementAtOrDefault(1));
        var target = Path.GetFullPath(path.Length == 0 ? Path.GetFileName(page) : path, Path.Combine(Repository.Root, folder));
        return Path.Exists(target) && (anchor is null || Page.Of(Path.GetRelativePath(Repository.Root, target)).Anchors.Contains(anchor));
    }
}
