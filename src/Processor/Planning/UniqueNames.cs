using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Processor.Planning;

/// <summary>Keeps the names of an archive apart: the second <c>name.ext</c> becomes <c>name (2).ext</c>, or is refused.</summary>
public sealed class UniqueNames(bool refuse)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);

    /// <summary>The name under which the entry goes into the archive.</summary>
    /// <exception cref="ArchiverException">Exit code 65: the name is taken, and the setting says to refuse that, or its number makes it too long.</exception>
    public string Take(string name)
    {
        if (_taken.Add(name))
            return name;
        if (refuse)
            throw new ArchiverException(ExitCode.DataError, $"Two entries are named \"{name}\"; give one of them another destination.");

        var dot = name.LastIndexOf('.');
        if (dot <= name.LastIndexOf('/') + 1)
            dot = name.Length;
        for (var number = _next.GetValueOrDefault(name, 2); ; number++)
        {
            var candidate = $"{name[..dot]} ({number}){name[dot..]}";
            if (!_taken.Add(candidate))
                continue;
            _next[name] = number + 1;
            return EntryName.Checked(candidate);
        }
    }
}
