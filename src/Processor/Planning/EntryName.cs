using System.Text;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;

namespace Archiver.Processor.Planning;

/// <summary>Derives the names of entries in the archive from the request, and checks them.</summary>
public static class EntryName
{
    /// <summary>Bytes of the longest name that every format has room for. A zip limits a directory record to 65,535 bytes.</summary>
    public const int LongestName = 65_452;

    // No file system can hold more, and the work done for each segment must not add up.
    private const int MostSegments = 1_000;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>
    /// The name of a requested file. Without a destination, it is the source's last segment. A destination that ends in <c>/</c>, or whose
    /// last segment has no extension, is a folder for that name. Any other destination is the whole name.
    /// </summary>
    /// <exception cref="ArchiverException">Exit code 65: the name is not allowed.</exception>
    public static string For(RequestedFile file)
    {
        var last = LastSegment(file.Source);
        return Checked(file.Destination switch
        {
            null or "" => last,
            var folder when folder.EndsWith('/') => folder + last,
            var folder when !HasExtension(LastSegment(folder)) => $"{folder}/{last}",
            var name => name,
        });
    }

    /// <summary>Returns the name if it is safe to unzip.</summary>
    /// <exception cref="ArchiverException">
    /// Exit code 65: it is absolute, leads out of its folder, or has characters that are special on some system.
    /// </exception>
    public static string Checked(string name) => Problem(name) is { } problem
        ? throw new ArchiverException(ExitCode.DataError, $"The entry name \"{Shown(name)}\" is not allowed: {problem}.")
        : name;

    // Like Python's os.path.splitext, which the previous system used: ".hidden" has no extension.
    private static bool HasExtension(string segment) => segment.TrimStart('.').Contains('.', StringComparison.Ordinal);

    private static string LastSegment(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string? Problem(string name)
    {
        if (name.Length == 0)
            return "it is empty";
        if (name[0] == '/')
            return "it is absolute";
        if (name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0]))
            return "it starts with a drive letter";
        if (name.Contains('\\', StringComparison.Ordinal))
            return "it contains a backslash";
        if (name.Any(char.IsControl))
            return "it contains a control character";
        foreach (var rune in name.EnumerateRunes())
            if (DeceptiveCharacters.Contains(rune))
                return $"it contains the invisible character U+{rune.Value:X4}";
        if (name.Count('/') >= MostSegments)
            return $"it has more than {MostSegments} segments";
        foreach (var segment in name.Split('/'))
        {
            if (segment.Length == 0)
                return "it has an empty segment";
            if (segment is ".." or ".")
                return $"it has a \"{segment}\" segment";
        }
        try
        {
            return StrictUtf8.GetByteCount(name) > LongestName ? $"it is longer than {LongestName} bytes" : null;
        }
        catch (EncoderFallbackException)
        {
            return "it is not valid Unicode";
        }
    }

    private static string Shown(string name) =>
        string.Concat(name.Take(200).Select(static c => IsShown(c) ? c : '?')) + (name.Length > 200 ? "..." : "");

    private static bool IsShown(char c) => !char.IsControl(c) && !char.IsSurrogate(c) && !DeceptiveCharacters.Contains(new Rune(c));
}
