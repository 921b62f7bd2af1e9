using System.Collections.Concurrent;
using Archiver.Contract.Settings;

namespace Archiver.Processor.Stores.Folders;

/// <summary>The folders that files may be read from, and what may be read below them.</summary>
internal sealed class SourceRoots(IEnumerable<string> folders, SourceLinks links)
{
    private readonly List<string> _folders = [.. folders.OrderByDescending(static folder => folder.Length)];
    private readonly ConcurrentDictionary<string, string?> _resolved = new(StringComparer.Ordinal);

    /// <summary>Where a path leads when it passes no link: below the place that its root itself leads to, which the operator has chosen.</summary>
    /// <returns>Null when its root is not there.</returns>
    public Expected? Expect(string path)
    {
        var root = _folders.FirstOrDefault(folder => IsWithin(path, folder)) ?? throw new InvalidOperationException($"{path} is below no source folder.");
        return _resolved.GetOrAdd(root, PathHandle.Resolve) is { } resolved ? new Expected(resolved, Path.GetFullPath(Path.Join(resolved, path[root.Length..])).TrimEnd('/')) : null;
    }

    /// <summary>Whether what was opened may be read.</summary>
    /// <param name="expected">Where the path leads when it passes no link.</param>
    /// <param name="actual">Where it led.</param>
    public bool Allows(Expected expected, string actual) =>
        actual == expected.Path || (links == SourceLinks.Inside && IsWithin(actual, expected.Root));

    private static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    internal sealed record Expected(string Root, string Path)
    {
        /// <summary>The first link on the way from the root; null when there is none any more.</summary>
        public string? FindLink()
        {
            for (var end = Root.Length; end < Path.Length;)
            {
                end = Path.IndexOf('/', end + 1) is var slash and >= 0 ? slash : Path.Length;
                if (new FileInfo(Path[..end]).LinkTarget is not null)
                    return Path[..end];
            }
            return null;
        }
    }
}
