using Archiver.Processor.Planning;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Transfer;

/// <summary>Reads the content of entries. Some of it is generated from the digests of other entries.</summary>
internal sealed class EntryReader(ISourceStore sources, ArchivePlan plan)
{
    /// <summary>The checksums so far. Callers report what they have read.</summary>
    public EntryChecksums Checksums { get; } = new(plan);

    /// <summary>The object that an entry contains. Parts that a store copies are always of one.</summary>
    public SourceObject SourceOf(int entry) => plan.Entries[entry].Source;

    /// <summary>Waits until an entry's content can be read. The caller must not hold anything that other reads need.</summary>
    public ValueTask ReadyAsync(int entry, CancellationToken cancellationToken) =>
        plan.Entries[entry].Content.Text is { } text ? Checksums.KnowAsync(text.Awaits, cancellationToken) : ValueTask.CompletedTask;

    /// <summary>Reads content of an entry, which must be ready.</summary>
    public Task ReadAsync(int entry, long offset, Memory<byte> target, CancellationToken cancellationToken)
    {
        if (plan.Entries[entry].Content.Text is not { } text)
            return sources.ReadAsync(SourceOf(entry), offset, target, cancellationToken);
        text.Write(Checksums, offset, target.Span);
        return Task.CompletedTask;
    }
}
