using System.Text.Json.Serialization;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Costs;

/// <summary>What an archive would hold and cost, without a byte of it moved.</summary>
public sealed record ArchiveEstimate
{
    /// <summary>Where it would be stored.</summary>
    public required string Archive { get; init; }

    /// <summary>Whether something is there already; only if it proves to be this archive, whole, nothing would be done.</summary>
    public bool IsStored { get; init; }

    /// <summary>How many entries it has.</summary>
    public long Entries { get; init; }

    /// <summary>Bytes of content.</summary>
    public long ContentBytes { get; init; }

    /// <summary>Bytes of the archive; at most, when entries are compressed.</summary>
    public long ArchiveBytes { get; init; }

    /// <summary>Whether entries are compressed.</summary>
    public bool IsCompressed { get; init; }

    /// <summary>The one of <see cref="Ways"/> that would be taken.</summary>
    public AssemblyMode Mode { get; init; }

    /// <summary>The ways to make it.</summary>
    public required IReadOnlyList<WayEstimate> Ways { get; init; }
}

/// <summary>What one way of making an archive costs.</summary>
public sealed record WayEstimate
{
    /// <summary>Which one.</summary>
    public AssemblyMode Mode { get; init; }

    /// <summary>How many parts there are.</summary>
    public int Parts { get; init; }

    /// <summary>Bytes that pass through the processor.</summary>
    public long CarriedBytes { get; init; }

    /// <summary>Bytes that S3 copies.</summary>
    public long CopiedBytes { get; init; }

    /// <summary>Requests to S3 by operation, those included that make the plan.</summary>
    public required IReadOnlyDictionary<string, long> Requests { get; init; }

    /// <summary>Dollars for the requests.</summary>
    public double RequestDollars { get; init; }

    /// <summary>Dollars for bytes that leave their region.</summary>
    public double TransferDollars { get; init; }

    /// <summary>Seconds from the plan to the archive.</summary>
    public double Seconds { get; init; }

    /// <summary>Memory at its peak.</summary>
    public long MemoryBytes { get; init; }
}

/// <summary>Estimates as JSON, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ArchiveEstimate))]
internal sealed partial class EstimateJson : JsonSerializerContext;
