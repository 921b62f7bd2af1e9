using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Queues.Sqlite;

/// <summary>The location of a queue: <c>sqlite:path#name</c>; the name defaults to <c>archive-requests</c>.</summary>
internal sealed record SqliteLocation(string Path, string Name)
{
    public const string Scheme = "sqlite:";

    private const string DefaultName = "archive-requests";

    /// <exception cref="ArchiverException">Exit code 78: the location is malformed.</exception>
    public static SqliteLocation Parse(string location)
    {
        var rest = location.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? location[Scheme.Length..] : "";
        var mark = rest.LastIndexOf('#');
        var (path, name) = mark < 0 ? (rest, DefaultName) : (rest[..mark], rest[(mark + 1)..]);
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
            throw new ArchiverException(ExitCode.Config, $"The queue location \"{location}\" names no file: use sqlite:path#name.");
        if (!QueueName.IsValid(name))
            throw new ArchiverException(
                ExitCode.Config, $"The queue location \"{location}\" has no valid queue name after #: {QueueName.Rule}.");
        return new SqliteLocation(System.IO.Path.GetFullPath(path), name);
    }

    /// <summary>The location of another queue in the same file.</summary>
    public string Of(string name) => $"{Scheme}{Path}#{name}";
}
