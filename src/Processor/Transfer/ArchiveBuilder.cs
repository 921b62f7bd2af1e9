using Archiver.Processor.Costs;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;
using Archiver.Processor.Reporting;
using Archiver.Processor.Stores;
using Archiver.Programs.Settings;
using Serilog;
using Serilog.Events;

namespace Archiver.Processor.Transfer;

/// <summary>
/// Builds an archive of stored entries. The store copies as much of it as the setting, the cost model and the store allow.
/// </summary>
internal sealed class ArchiveBuilder(
    ISourceStore sources, IArchiveStore archives, ArchiveSettings settings, CostModel costs, JobPhases phases, ILogger log)
{
    /// <summary>Builds and stores an archive, in place of an existing one or of nothing.</summary>
    /// <returns>Null if another process has stored it in the meantime, and it should be looked for.</returns>
    public async Task<StoredArchive?> StoreAsync(
        string key, ArchivePlan plan, IArchiveLayout layout, TransferProgress progress, StoredArchive? replaced,
        CancellationToken cancellationToken)
    {
        var choice = new PartChoice(plan, layout, archives.Limits, costs, settings.MemoryBudget, settings.Parallelism);
        var refused = new HashSet<string>();
        while (true)
        {
            var wanted = choice.Choose(settings.Assembly, source => archives.CanCopy(source) && !refused.Contains(source.Bucket));
            // An earlier attempt that found the store unable to copy has fallen back to the second plan.
            PartOption[] options = wanted.Mode == AssemblyMode.Copy ? [wanted, choice.Carried()] : [wanted];
            var plans = options.Select(static option => option.Parts).ToList();
            var (upload, taken) = await archives.BeginAsync(key, layout.Length, plans, cancellationToken).ConfigureAwait(false);
            var parts = plans[taken];
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
                    var executor = new ArchiveExecutor(
                        sources, plan, layout, settings.MemoryBudget, settings.Parallelism, progress, log: log);
                    return await executor.CarryAsync(parts, upload, cancellationToken).ConfigureAwait(false);
                }).ConfigureAwait(false);
                if (carried is { } crc)
                    return await phases.CompleteAsync(upload, crc, replaced, cancellationToken).ConfigureAwait(false)
                        ? new StoredArchive(layout.Length, crc)
                        : null;
            }
        }
    }

    /// <summary>
    /// Tries the smallest copy from each bucket before sending anything else. If the store cannot copy, or may not copy from that bucket,
    /// this shows at once, and the parts are planned again without it.
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
            if (outcome.Crc is not null || !refused.Add(bucket))
                continue;
            // Not every server can copy, which is worth a warning only if the settings ask for it.
            var level = settings.Assembly == AssemblyMode.Copy ? LogEventLevel.Warning : LogEventLevel.Information;
            log.Write(level, "Nothing is copied from {Bucket}: {Problem}", bucket, outcome.Problem);
        }
        return !smallest.Keys.Any(refused.Contains);
    }
}
