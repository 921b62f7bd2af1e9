using System.Text;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;

namespace Archiver.Processor.Planning;

/// <summary>Names of entries in the archive, from what requests say.</summary>
public static class EntryName
{
    /// <summary>Bytes of the longest name that every format has room for: in a zip, its record in the directory has 65,535.</summary>
    public const int LongestName = 65_452;

    // No file system unpacks more, and what is done for each must not add up.
    private const int MostSegments = 1_000;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>
    /// The name of a requested file. Without a destination: the source's last segment. A destination that ends in <c>/</c>, or whose last
    /// segment has no extension, is a folder for that. Any other destination is the whole name.
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

    /// <summary>The name, if unzipping it can do no harm.</summary>
    /// <exception cref="ArchiverException">Exit code 65: it is absolute, climbs out, or has characters that some system takes for more than a name.</exception>
    public static string Checked(string name) =>
        Problem(name) is { } problem ? throw new ArchiverException(ExitCode.DataError, $"The entry name \"{Shown(name)}\" is not allowed: {problem}.") : name;

    // As Python's os.path.splitext, which the replaced system used: ".hidden" has none.
    private static bool HasExtension(string segment) => segment.TrimStart('.').Contains('.', StringComparison.Ordinal);

    private static string LastSegment(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string? Problem(string name)
    {
        if (name.Length == 0)
            return "it is empty";
        if (name[0] == '/')
            return "it is absolute";
        if (name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0]))
            return "it begins with a drive";
        if (name.Contains('\\', StringComparison.Ordinal))
            return "it has a backslash";
        if (name.Any(char.IsControl))
            return "it has a control character";
        foreach (var rune in name.EnumerateRunes())
            if (DeceptiveCharacters.Contains(rune))
                return $"it has the invisible character U+{rune.Value:X4}";
        if (name.Count('/') >= MostSegments)
            return $"it has more than {MostSegments} segments";
        foreach (var segment in name.Split('/'))
        {
            if (segment.Length == 0)
                return "it has an empty segment";
            if (segment is ".." or ".")
                return $"it has a segment \"{segment}\"";
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
        string.Concat(name.Take(200).Select(static c => char.IsControl(c) || char.IsSurrogate(c) || DeceptiveCharacters.Contains(new Rune(c)) ? '?' : c)) + (name.Length > 200 ? "..." : "");
}
