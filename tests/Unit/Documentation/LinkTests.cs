using Archiver.Tests.Support;

namespace Archiver.Tests.Documentation;

/// <summary>Links in the pages, within the repository.</summary>
public sealed class LinkTests
{
    public static TheoryData<string> Pages { get; } = [.. Page.All.Select(static page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_to_a_file_or_heading_that_exists(string path) => Assert.All(Page.Of(path).Links, link => Assert.True(Exists(path, link), link));

    [Theory]
    [InlineData("docs/operations.md", "messages.md#exit-codes", true)]
    [InlineData("docs/operations.md", "#the-promise", true)]
    [InlineData("docs/operations.md", "messages.md#no-such-heading", false)]
    [InlineData("docs/operations.md", "#no-such-heading", false)]
    [InlineData("docs/operations.md", "no-such-page.md", false)]
    [InlineData("README.md", "docs/overview.svg", true)]
    [InlineData("README.md", "../docs/overview.svg", false)]
    public void A_link_is_followed_from_the_folder_of_its_page(string page, string link, bool exists) => Assert.Equal(exists, Exists(page, link));

    [Fact]
    public void Every_page_in_docs_is_reached_from_the_readme() =>
        Assert.Empty(Page.All.Select(static page => page.Path).Where(static path => path.StartsWith("docs/", StringComparison.Ordinal))
            .Except(Page.Of("README.md").Links.Select(static link => link.Split('#')[0])));

    private static bool Exists(string page, string link)
    {
        // RELEASE.md stands beside the README in a release.
        var folder = page == "packaging/RELEASE.md" ? "" : Path.GetDirectoryName(page)!;
        var (path, anchor) = (link.Split('#')[0], link.Split('#').ElementAtOrDefault(1));
        var target = Path.GetFullPath(path.Length == 0 ? Path.GetFileName(page) : path, Path.Combine(Repository.Root, folder));
        return Path.Exists(target) && (anchor is null || Page.Of(Path.GetRelativePath(Repository.Root, target)).Anchors.Contains(anchor));
    }
}
