using System.Text.RegularExpressions;

namespace Archiver.Tests.Support;

/// <summary>A Markdown page of the repository.</summary>
public sealed partial class Page
{
    private Page(string path) => Path = path;

    /// <summary>Every page that users read.</summary>
    public static IReadOnlyList<Page> All { get; } =
    [
        .. Directory.GetFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            .Select(static path => System.IO.Path.GetRelativePath(Repository.Root, path))
            .Where(static path => !OfTools().IsMatch(path))
            .Order(StringComparer.Ordinal)
            .Select(static path => new Page(path)),
    ];

    /// <summary>Where it is, from the root of the repository.</summary>
    public string Path { get; }

    public string Text => Repository.Read(Path);

    /// <summary>Its text without blocks of code.</summary>
    public string Prose => Block().Replace(Text, "");

    /// <summary>Where its links lead, other sites left out.</summary>
    public IEnumerable<string> Links => Link().Matches(Code().Replace(Prose, "")).Select(static link => link.Groups[1].Value);

    /// <summary>The anchors of its headings, as forges make them.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(Prose).Select(static heading => Unanchored().Replace(heading.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>Its blocks of code in a language.</summary>
    public IEnumerable<string> Blocks(string language) => Block().Matches(Text).Where(block => block.Groups[1].Value == language).Select(static block => block.Groups[2].Value);

    public static Page Of(string path) => All.Single(page => page.Path == path);

    /// <summary>The page's path, in the names of test cases.</summary>
    public override string ToString() => Path;

    // What is built or installed, and pages of tests' data.
    [GeneratedRegex(@"(^|/)(bin|obj|artifacts|node_modules|data|\.git|tests)/")]
    private static partial Regex OfTools();

    [GeneratedRegex(@"^```(\w*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\((?!https?:)([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex Unanchored();
}
