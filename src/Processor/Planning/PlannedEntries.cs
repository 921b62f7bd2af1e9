using Archiver.Processor.Stores;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Planning;

/// <summary>Collects the entries of an archive under unique names, and no more of them than the settings allow.</summary>
internal sealed class PlannedEntries(ArchiveSettings settings)
{
    private readonly UniqueNames _names = new(settings.OnDuplicate == DuplicateName.Fail, settings.MaxEntries);
    private long _bytes;

    public List<PlannedEntry> Found { get; } = [];

    /// <exception cref="Contract.ArchiverException">Exit code 65: the name is taken, or there are too many files or bytes.</exception>
    public void Add(string name, SourceObject source)
    {
        if (Found.Count == settings.MaxEntries)
            throw Exceeded.Entries(settings.MaxEntries);
        if (source.Size > settings.MaxBytes - _bytes)
            throw Exceeded.Bytes(settings.MaxBytes);
        _bytes += source.Size;
        Found.Add(new PlannedEntry(_names.Take(name), source));
    }
}
