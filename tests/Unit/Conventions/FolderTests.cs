using System.Text.RegularExpressions;
using Archiver.Tests.Support;

namespace Archiver.Tests.Conventions;

/// <summary>Folders of a project refer to each other one way, so that each can be read, and taken out, without those above it.</summary>
public sealed partial class FolderTests
{
    public static TheoryData<string> Projects { get; } =
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(static path => Path.GetDirectoryName(Path.GetRelativePath(Repository.Root, path))!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_folders_of_a_project_use_each_other(string project)
    {
        var graph = new NamespaceGraph(SourcesOf(project));

        Assert.True(graph.Names.Count > 0, $"{project} has no sources");
        Assert.Empty(graph.Cycles().Select(graph.Describe));
    }

    [Fact]
    public void A_cycle_is_told_with_the_files_that_make_it()
    {
        var graph = new NamespaceGraph(
        [
            ("A.cs", "using P.B;\nusing System;\nnamespace P.A;"),
            ("B.cs", "using P.C;\nnamespace P.B;"),
            ("C.cs", "using static P.A;\nnamespace P.C;"),
            ("D.cs", "using P.A;\nnamespace P.D;"),
        ]);

        Assert.Equal("P.A -> P.B (A.cs); P.B -> P.C (B.cs); P.C -> P.A (C.cs)", graph.Describe(Assert.Single(graph.Cycles())));
    }

    private static IEnumerable<(string File, string Text)> SourcesOf(string project) =>
        from path in Directory.GetFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories)
        let file = Path.GetRelativePath(Path.Combine(Repository.Root, project), path)
        where !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal)
        select (file, File.ReadAllText(path));

    private sealed class NamespaceGraph
    {
        private readonly Dictionary<(string From, string To), List<string>> _uses = [];

        public NamespaceGraph(IEnumerable<(string File, string Text)> sources)
        {
            var all = sources
                .Select(static source => (source.File, source.Text, Name: Namespace().Match(source.Text).Groups[1].Value)).ToList();
            Names = all.Select(static source => source.Name).ToHashSet();
            foreach (var (file, text, name) in all)
                foreach (var used in Using().Matches(text).Select(static match => match.Groups[1].Value)
                    .Where(used => used != name && Names.Contains(used)))
                {
                    if (!_uses.TryGetValue((name, used), out var files))
                        _uses.Add((name, used), files = []);
                    files.Add(file);
                }
        }

        public HashSet<string> Names { get; }

        /// <summary>Groups of namespaces of which each reaches each.</summary>
        public List<List<string>> Cycles()
        {
            var reached = Names.ToDictionary(static name => name, ReachedFrom);
            return [.. Names.Where(name => reached[name].Contains(name))
                .GroupBy(name =>
                    string.Join(' ', reached[name].Where(other => reached[other].Contains(name)).Order(StringComparer.Ordinal)))
                .Select(static group => group.Order(StringComparer.Ordinal).ToList())];
        }

        public string Describe(List<string> cycle) =>
            string.Join("; ", from use in _uses
                              where cycle.Contains(use.Key.From) && cycle.Contains(use.Key.To)
                              orderby use.Key.From, use.Key.To
                              select $"{use.Key.From} -> {use.Key.To} ({string.Join(", ", use.Value)})");

        private HashSet<string> ReachedFrom(string name)
        {
            var reached = new HashSet<string>();
            var next = new Stack<string>([name]);
            while (next.TryPop(out var from))
                foreach (var (_, to) in _uses.Keys.Where(use => use.From == from))
                    if (reached.Add(to))
                        next.Push(to);
            return reached;
        }
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^using (?:static |\w+ = )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
