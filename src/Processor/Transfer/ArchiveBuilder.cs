using Archiver.Programs.Settings;
using Archiver.Processor.Costs;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;
using Archiver.Processor.Reporting;
using Archiver.Processor.Stores;
using Serilog;
using Serilog.Events;

namespace Archiver.Processor.Transfer;

/// <summary>Makes an archive of stored entries, with as much of it copied by the store as the setting, the cost model and the store allow.</summary>
internal sealed class ArchiveBuilder(ISourceStore sources, IArchiveStore archives, ArchiveSettings settings, CostModel costs, JobPhases phases, ILogger log)
{
    /// <summary>Makes an archive.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="plan">What it holds.</param>
    /// <param name="layout">Where.</param>
    /// <param name="progress">Where to count what is done.</param>
    /// <param name="replaced">What is there and is to be replaced; null: nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when it is to be looked for instead: it was stored by somebody else meanwhile.</returns>
    public async Task<StoredArchive?> StoreAsync(
        string key, ArchivePlan plan, IArchiveLayout layout, TransferProgress progress, StoredArchive? replaced,
        CancellationToken cancellationToken)
    {
        var choice = new PartChoice(plan, layout, archives.Limits, costs, settings.MemoryBudget, settings.Parallelism);
        var refused = new HashSet<string>();
        while (true)
        {
            var wanted = choice.Choose(settings.Assembly, source => archives.CanCopy(source) && !refused.Contains(source.Bucket));
            // An earlier try that found the store unable to copy has carried.
            PartOption[] options = wanted.Mode == AssemblyMode.Copy ? [wanted, choice.Carried()] : [wanted];
            var (upload, taken) = await archives.BeginAsync(key, layout.Length, [.. options.Select(static option => option.Parts)], cancellationToken).ConfigureAwait(false);
            var parts = options[taken].Parts;
            var copies = parts.Where(static part => part.IsCopied).ToList();
            if (copies.Count == 0)
                log.Information("Storing {Bytes} bytes (parts: {Parts})", layout.Length, parts.Count);
            else
                log.Information("Storing {Bytes} bytes (parts: {Parts}, copied inside S3: {Copies} with {Copied} bytes)",
                    layout.Length, parts.Count, copies.Count, copies.Sum(static part => part.Length));
            await using (upload.ConfigureAwait(false))
            {
                var carried = await phases.TransferAsync(progress, async Task<uint?> () =>
                {
                    if (!await TryCopiesAsync(plan, layout, parts, upload, refused, cancellationToken).ConfigureAwait(false))
                        return null;
                    var executor = new ArchiveExecutor(sources, plan, layout, settings.MemoryBudget, settings.Parallelism, progress, log: log);
                    return await executor.CarryAsync(parts, upload, cancellationToken).ConfigureAwait(false);
                }).ConfigureAwait(false);
                if (carried is { } crc)
                    return await phases.CompleteAsync(upload, crc, replaced, cancellationToken).ConfigureAwait(false) ? new StoredArchive(layout.Length, crc) : null;
            }
        }
    }

    /// <summary>
    /// Tries the smallest copy from each bucket before anything else is sent: a store that cannot copy, or may not from there, is noticed at
    /// once, and the parts are planned anew without it.
    /// </summary>
    private async Task<bool> TryCopiesAsync(
        ArchivePlan plan, IArchiveLayout layout, IReadOnlyList<Part> parts, IArchiveUpload upload, HashSet<string> refused,
        CancellationToken cancellationToken)
    {
        var smallest = new Dictionary<string, (Part Part, SourceObject Source, long Offset)>();
        foreach (var part in parts.Where(static part => part.IsCopied))
        {
            var entry = layout.EntryAt(part.Offset);
            var source = plan.Entries[entry].Source;
            if (!smallest.TryGetValue(source.Address.Bucket, out var known) || part.Length < known.Part.Length)
                smallest[source.Address.Bucket] = (part, source, part.Offset - layout.ContentOffset(entry));
        }
        foreach (var (bucket, (part, source, offset)) in smallest)
        {
            var outcome = await upload.CopyAsync(part, source, offset, cancellationToken).ConfigureAwait(false);
            // Not every server can; where that was not asked for, it is no reason to warn.
            if (outcome.Crc is null && refused.Add(bucket))
                log.Write(settings.Assembly == AssemblyMode.Copy ? LogEventLevel.Warning : LogEventLevel.Information, "Nothing is copied from {Bucket}: {Problem}", bucket, outcome.Problem);
        }
        return !smallest.Keys.Any(refused.Contains);
    }
}
