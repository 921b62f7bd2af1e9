using Microsoft.Win32.SafeHandles;

namespace Archiver.Processor.Stores.Folders;

/// <summary>A folder, or a single file, that may be read. Where its own path leads, links and all, is the operator's choice.</summary>
/// <param name="path">Its full path.</param>
internal sealed class SourceRoot(string path)
{
    private readonly string _prefix = path.TrimEnd('/') + "/";
    private readonly Lazy<PathHandle?> _handle = new(() => PathHandle.TryOpen(path, out _));
    private readonly Lazy<string?> _actualPath = new(() => PathHandle.Resolve(path));

    /// <summary>Where it stood at first, with all links resolved; null when it is not there.</summary>
    public string? ActualPath => _actualPath.Value;

    /// <summary>Whether a path begins with its path.</summary>
    public bool Holds(string file) => IsWithin(file, path, _prefix);

    /// <summary>Whether a place with all links resolved is within it.</summary>
    public bool Encloses(string place) => IsWithin(place, ActualPath!, ActualPath!.TrimEnd('/') + "/");

    /// <summary>Where a path leads when it passes no link below the root.</summary>
    public string Expect(string file) => Path.GetFullPath(Path.Join(ActualPath, file[path.Length..])).TrimEnd('/');

    /// <summary>The first link on the way from the root to a place; null when there is none any more.</summary>
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

    /// <summary>Opens what a path leads to by itself, with no link below the root.</summary>
    /// <returns>Null when that is not possible.</returns>
    public SafeFileHandle? TryOpen(string file, Func<SafeFileHandle, string, SafeFileHandle?> open) =>
        file.Length > _prefix.Length && _handle.Value is { } root ? open(root.Handle, file[_prefix.Length..]) : null;

    private static bool IsWithin(string place, string folder, string prefix) => place == folder || place.StartsWith(prefix, StringComparison.Ordinal);
}
