using Archiver.Processor.Parts;
using Archiver.Processor.Planning;
using Archiver.Processor.Stores;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Costs;

/// <summary>One way of making an archive.</summary>
/// <param name="mode">How the bytes get into the archive.</param>
/// <param name="parts">The archive's parts.</param>
/// <param name="work">Counts the work, which means looking at every entry.</param>
public sealed class PartOption(AssemblyMode mode, IReadOnlyList<Part> parts, Func<Workload> work)
{
    private readonly Lazy<Workload> _work = new(work);

    /// <summary>How the bytes get into the archive.</summary>
    public AssemblyMode Mode => mode;

    /// <summary>The archive's parts.</summary>
    public IReadOnlyList<Part> Parts => parts;

    /// <summary>The work that they cause; counted when first needed.</summary>
    public Workload Work => _work.Value;
}

/// <summary>Chooses the parts of an archive.</summary>
internal sealed class PartChoice(
    ArchivePlan plan, IArchiveLayout layout, PartLimits limits, CostModel costs, long memoryBudget, int parallelism)
{
    /// <summary>The parts if nothing is copied.</summary>
    public PartOption Carried() => Option(AssemblyMode.Carry, PartPlan.Cut(layout, limits));

    /// <summary>The parts if everything is copied that can be; null if nothing can.</summary>
    public PartOption? Copied(Func<ObjectAddress, bool> isCopyable)
    {
        var parts = CopyPlan.Cut(layout, limits, entry => plan.Entries[entry].Content.Source is { } source && isCopyable(source.Address));
        return parts.Any(static part => part.IsCopied) ? Option(AssemblyMode.Copy, parts) : null;
    }

    /// <summary>The parts that the setting asks for or, with <c>auto</c>, those that cost less.</summary>
    public PartOption Choose(AssemblyMode mode, Func<ObjectAddress, bool> isCopyable)
    {
        var copied = mode == AssemblyMode.Carry ? null : Copied(isCopyable);
        if (copied is not null && mode == AssemblyMode.Copy)
            return copied;
        var carried = Carried();
        return copied is not null && costs.Score(copied.Work) < costs.Score(carried.Work) ? copied : carried;
    }

    private PartOption Option(AssemblyMode mode, IReadOnlyList<Part> parts) =>
        new(mode, parts, () => Workload.Of(plan, layout, parts, BufferPlan.For(layout, parts, memoryBudget, parallelism)));
}
