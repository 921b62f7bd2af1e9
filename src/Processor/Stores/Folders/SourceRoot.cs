using Microsoft.Win32.SafeHandles;

namespace Archiver.Processor.Stores.Folders;

/// <summary>A folder or single file that may be read. Its own path may contain links: where it leads is the operator's choice.</summary>
/// <param name="path">The full path.</param>
internal sealed class SourceRoot(string path)
{
    private readonly string _prefix = path.TrimEnd('/') + "/";
    private readonly Lazy<PathHandle?> _handle = new(() => PathHandle.TryOpen(path, out _));
    private readonly Lazy<string?> _actualPath = new(() => PathHandle.Resolve(path));

    /// <summary>Where it was when first used, with all links resolved; null if it does not exist.</summary>
    public string? ActualPath => _actualPath.Value;

    /// <summary>Whether a path, links unresolved, is within it.</summary>
    public bool Holds(string file) => IsWithin(file, path, _prefix);

    /// <summary>Whether a place with all links resolved is within it.</summary>
    public bool Encloses(string place) => IsWithin(place, ActualPath!, ActualPath!.TrimEnd('/') + "/");

    /// <summary>Where a path leads if there is no link on it below the root.</summary>
    public string Expect(string file) => Path.GetFullPath(Path.Join(ActualPath, file[path.Length..])).TrimEnd('/');

    /// <summary>The first link between the root and a place; null if there is none any more.</summary>
    public string? FindLink(string place)
    {
        for (var end = ActualPath!.Length; end < place.Length;)
        {
            end = place.IndexOf('/', end + 1) is var slash and >= 0 ? slash : place.Length;
            if (new FileInfo(place[..end]).LinkTarget is not null)
                return place[..end];
        }
        return null;
    }

    /// <summary>Opens a path relative to the root's handle, with a function that refuses links.</summary>
    /// <returns>Null if that is not possible.</returns>
    public SafeFileHandle? TryOpen(string file, Func<SafeFileHandle, string, SafeFileHandle?> open) =>
        file.Length > _prefix.Length && _handle.Value is { } root ? open(root.Handle, file[_prefix.Length..]) : null;

    private static bool IsWithin(string place, string folder, string prefix) =>
        place == folder || place.StartsWith(prefix, StringComparison.Ordinal);
}
