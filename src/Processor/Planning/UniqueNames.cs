using System.IO.Hashing;
using System.Runtime.InteropServices;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Planning;

/// <summary>
/// Makes the names in an archive unique: the second <c>name.ext</c> becomes <c>name (2).ext</c>, or is refused. A file and a folder may not
/// share a name either, because no file system can hold both: whichever comes second is renamed, a folder with everything in it.
/// </summary>
/// <param name="refuse">Refuse instead of renaming.</param>
/// <param name="mostFolders">The most folders allowed.</param>
public sealed class UniqueNames(bool refuse, int mostFolders = int.MaxValue)
{
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    // As hashes, because the names of a deep folder and of all its parents take memory quadratic in its length.
    private readonly HashSet<UInt128> _folders = [];
    private readonly Dictionary<string, string> _moved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);

    /// <summary>Takes a name, or the next free variant of it.</summary>
    /// <exception cref="ArchiverException">
    /// Exit code 65: the name is taken and the settings refuse duplicates, or its number makes it too long.
    /// </exception>
    public string Take(string name)
    {
        var placed = PlaceFolders(name);
        if (!IsFree(placed))
        {
            if (refuse)
                throw new ArchiverException(ExitCode.DataError, _files.Contains(placed)
                    ? $"Two entries are named \"{placed}\"; give one of them a different destination."
                    : Clash(placed));
            placed = Numbered(placed);
        }
        _files.Add(placed);
        return ReferenceEquals(placed, name) ? name : EntryName.Checked(placed);
    }

    private string PlaceFolders(string name)
    {
        var last = name.LastIndexOf('/');
        if (last < 0 || (_moved.Count == 0 && _folders.Contains(HashOf(name.AsSpan(0, last)))))
            return name;
        var files = _files.GetAlternateLookup<ReadOnlySpan<char>>();
        var moved = _moved.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var slash = name.IndexOf('/'); slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            var folder = name.AsSpan(0, slash);
            if (!moved.TryGetValue(folder, out var place) && files.Contains(folder))
            {
                if (refuse)
                    throw new ArchiverException(ExitCode.DataError, Clash(folder.ToString()));
                moved[folder] = place = Numbered(folder.ToString());
            }
            if (place is not null)
                (name, slash) = (place + name[slash..], place.Length);
            if (_folders.Add(HashOf(name.AsSpan(0, slash))) && _folders.Count > mostFolders)
                throw Exceeded.Entries(mostFolders);
        }
        return name;
    }

    private bool IsFree(string name) => !_files.Contains(name) && !_folders.Contains(HashOf(name));

    private string Numbered(string name)
    {
        var dot = name.LastIndexOf('.');
        if (dot <= name.LastIndexOf('/') + 1)
            dot = name.Length;
        for (var number = _next.GetValueOrDefault(name, 2); ; number++)
        {
            var candidate = $"{name[..dot]} ({number}){name[dot..]}";
            if (!IsFree(candidate))
                continue;
            _next[name] = number + 1;
            return candidate;
        }
    }

    private static UInt128 HashOf(ReadOnlySpan<char> name) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(name));

    private static string Clash(string name) =>
        $"\"{name}\" is the name of both an entry and a folder of other entries; give one of them a different destination.";
}
