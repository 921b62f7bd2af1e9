using Archiver.Contract.Messages;
using Archiver.Contract.Settings;
using Archiver.Processor.Planning;
using Archiver.Processor.Stores;
using Archiver.Processor.Zip;

namespace Archiver.Processor.Assembly;

/// <summary>Says what a request's archive would hold and cost. It looks sources up, and reads none of them.</summary>
internal sealed class Estimator(ArchiveSettings settings, ISourceStore sources, IArchiveStore archives, CostModel costs)
{
    // As measured: the runtime and the SDK, and what an entry takes in the plan.
    private const long BaseMemory = 60L << 20;
    private const long MemoryOfEntry = 500;

    public async Task<ArchiveEstimate> EstimateAsync(ArchiveRequest request, string aipId, DateTimeOffset sentAt, CancellationToken cancellationToken)
    {
        var counted = new BilledSources(sources);
        var plan = await new Planner(settings, counted).PlanAsync(request, aipId, cancellationToken).ConfigureAwait(false);
        var layout = new ZipLayout(plan);
        var compression = Enum.Parse<Compression>(settings.Compression, ignoreCase: true);
        var key = ArchiveKey.For(plan, settings.Prefix, RequestReader.ParseTimestamp(request.Timestamp) ?? sentAt, compression);
        var stored = await archives.FindAsync(key, cancellationToken).ConfigureAwait(false);

        var mode = compression == Compression.Store ? Enum.Parse<AssemblyMode>(settings.Assembly, ignoreCase: true) : AssemblyMode.Carry;
        var choice = new PartChoice(plan, layout, archives.Limits, costs, settings.MemoryBudget, settings.Parallelism);
        var chosen = choice.Choose(mode, archives.CanCopy);
        var other = chosen.Mode == AssemblyMode.Copy ? choice.Carried() : compression == Compression.Store ? choice.Copied(archives.CanCopy) : null;
        var contentBytes = plan.Sum(static entry => entry.Size);
        return new ArchiveEstimate
        {
            Archive = archives.UriOf(key),
            IsStored = stored is not null,
            Entries = plan.Count,
            ContentBytes = contentBytes,
            ArchiveBytes = layout.Length,
            IsCompressed = compression != Compression.Store,
            Mode = chosen.Mode,
            Ways = [.. new[] { chosen, other }.OfType<PartOption>().OrderBy(static way => way.Mode).Select(way => Estimate(way, counted.Requests, contentBytes, plan.Count))],
        };
    }

    private WayEstimate Estimate(PartOption way, RequestCounts planning, long contentBytes, long entries)
    {
        var requests = CostModel.Requests(way.Work, settings.Destination.IsS3).Add(planning);
        return new WayEstimate
        {
            Mode = way.Mode,
            Parts = way.Work.Parts,
            CarriedBytes = way.Work.CarriedBytes,
            CopiedBytes = way.Work.CopiedBytes,
            Requests = requests.ByOperation,
            RequestDollars = requests.Dollars,
            TransferDollars = costs.TransferDollars(contentBytes),
            Seconds = costs.Seconds(way.Work),
            MemoryBytes = BaseMemory + way.Work.BufferBytes + (entries * MemoryOfEntry),
        };
    }
}
