using Archiver.Contract.Messages;
using Archiver.Processor.Packaging;
using Archiver.Processor.Packaging.Zip;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;
using Archiver.Processor.Stores;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Costs;

/// <summary>Estimates what a request's archive would contain and cost. Looks sources up, but reads none of them.</summary>
internal sealed class Estimator(ArchiveSettings settings, ISourceStore sources, IArchiveStore archives, CostModel costs)
{
    // Measured: the runtime and the SDK, and each entry of the plan.
    private const long BaseMemory = 60L << 20;
    private const long MemoryOfEntry = 500;

    public async Task<ArchiveEstimate> EstimateAsync(
        ArchiveRequest request, string aipId, DateTimeOffset sentAt, CancellationToken cancellationToken)
    {
        var counted = new CountedSources(sources);
        var plan = await new Planner(settings, counted).PlanAsync(request, aipId, cancellationToken).ConfigureAwait(false);
        var compression = settings.Compression;
        var format = ArchiveFormats.For(compression);
        var layout = format.LayoutOf(plan);
        var date = RequestReader.ParseTimestamp(request.Timestamp) ?? sentAt;
        var key = ArchiveKey.For(plan, settings.Prefix, date, compression, format.Extension);
        var stored = await archives.FindAsync(key, cancellationToken).ConfigureAwait(false);

        var ways = layout is not null ? WaysOf(plan, layout) : [Compressed(plan)];
        var contentBytes = plan.ContentBytes;
        return new ArchiveEstimate
        {
            Archive = archives.UriOf(key),
            IsStored = stored is not null,
            Entries = plan.Count,
            ContentBytes = contentBytes,
            ArchiveBytes = layout?.Length ?? ways[0].Work.CarriedBytes,
            IsCompressed = layout is null,
            Mode = ways[0].Mode,
            Ways = [.. ways.OrderBy(static way => way.Mode).Select(way => Estimate(way, RequestsOf(counted), contentBytes, plan.Count))],
        };
    }

    // The way that would be chosen comes first.
    private PartOption[] WaysOf(ArchivePlan plan, IArchiveLayout layout)
    {
        var choice = new PartChoice(plan, layout, archives.Limits, costs, settings.MemoryBudget, settings.Parallelism);
        var chosen = choice.Choose(settings.Assembly, archives.CanCopy);
        var other = chosen.Mode == AssemblyMode.Copy ? choice.Carried() : choice.Copied(archives.CanCopy);
        return [chosen, .. new[] { other }.OfType<PartOption>()];
    }

    private PartOption Compressed(ArchivePlan plan) =>
        new(
            AssemblyMode.Carry,
            [],
            () => Workload.OfCompressed(plan, CompressionBuffers.For(plan, archives.Limits, settings.MemoryBudget)));

    private static RequestCounts RequestsOf(CountedSources planning) =>
        new RequestCounts().Add("HeadObject", planning.Lookups).Add("ListObjectsV2", planning.Pages).Add("GetObject", planning.Reads);

    private WayEstimate Estimate(PartOption way, RequestCounts planning, long contentBytes, long entries)
    {
        var requests = CostModel.Requests(way.Work, settings.Destination.Scheme.IsRemote).Add(planning);
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
