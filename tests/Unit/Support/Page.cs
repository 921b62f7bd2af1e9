using System.Text.RegularExpressions;

namespace Archiver.Tests.Support;

/// <summary>A Markdown page of the repository.</summary>
public sealed partial class Page
{
    private Page(string path) => Path = path;

    public static IReadOnlyList<Page> All { get; } =
    [
        .. Repository.Files("", "*.md").Where(static path => !path.StartsWith("tests/", StringComparison.Ordinal))
            .Select(static path => new Page(path)),
    ];

    /// <summary>For the cases of a theory.</summary>
    public static TheoryData<string> Paths => [.. All.Select(static page => page.Path)];

    /// <summary>From the root of the repository.</summary>
    public string Path { get; }

    public string Text => Repository.Read(Path);

    public IEnumerable<string> Lines => Text.Split('\n');

    /// <summary>Where its links lead, those to other sites left out.</summary>
    public IEnumerable<string> Links => Link().Matches(Code().Replace(Prose, "")).Select(static link => link.Groups[1].Value);

    /// <summary>The anchors that forges make of its headings.</summary>
    public IEnumerable<string> Anchors =>
        Heading().Matches(Prose).Select(static heading => heading.Groups[1].Value.ToLowerInvariant())
            .Select(static text => NotInAnchors().Replace(text, "").Replace(' ', '-'));

    private string Prose => Block().Replace(Text, "");

    public static Page Of(string path) => All.Single(page => page.Path == path);

    /// <summary>Its blocks of code in a language.</summary>
    public IEnumerable<string> Blocks(string language) =>
        Block().Matches(Text).Where(block => block.Groups[1].Value == language).Select(static block => block.Groups[2].Value);

    [GeneratedRegex(@"^```(\w*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\((?!https?:)([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchors();
}
