using Archiver.Processor.Planning;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Transfer;

/// <summary>Reads the content of entries, which may be generated from the digests of others.</summary>
internal sealed class EntryReader(ISourceStore sources, ArchivePlan plan)
{
    /// <summary>What is known of the entries; whoever reads reports there.</summary>
    public EntryChecksums Checksums { get; } = new(plan);

    /// <summary>The object that an entry holds. What a store copies is always one.</summary>
    public SourceObject SourceOf(int entry) => plan.Entries[entry].Source;

    /// <summary>Waits until an entry's content can be read. Whoever waits must hold nothing that other reads need.</summary>
    public ValueTask ReadyAsync(int entry, CancellationToken cancellationToken) =>
        plan.Entries[entry].Content.Text is { } text ? Checksums.KnowAsync(text.Awaits, cancellationToken) : ValueTask.CompletedTask;

    /// <summary>Reads content of an entry that is ready.</summary>
    public Task ReadAsync(int entry, long offset, Memory<byte> target, CancellationToken cancellationToken)
    {
        if (plan.Entries[entry].Content.Text is not { } text)
            return sources.ReadAsync(SourceOf(entry), offset, target, cancellationToken);
        text.Write(Checksums, offset, target.Span);
        return Task.CompletedTask;
    }
}
