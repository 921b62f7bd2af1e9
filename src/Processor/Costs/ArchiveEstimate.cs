using System.Text.Json.Serialization;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Costs;

/// <summary>What an archive would contain and cost.</summary>
public sealed record ArchiveEstimate
{
    /// <summary>The URI of the archive.</summary>
    public required string Archive { get; init; }

    /// <summary>Whether an object exists there already. It would be reused only if it proves to be this archive.</summary>
    public bool IsStored { get; init; }

    /// <summary>The number of entries.</summary>
    public long Entries { get; init; }

    /// <summary>Bytes of content.</summary>
    public long ContentBytes { get; init; }

    /// <summary>Bytes of the archive; an upper bound if entries are compressed.</summary>
    public long ArchiveBytes { get; init; }

    /// <summary>Whether entries are compressed.</summary>
    public bool IsCompressed { get; init; }

    /// <summary>The one of <see cref="Ways"/> that would be chosen.</summary>
    public AssemblyMode Mode { get; init; }

    /// <summary>The ways of making the archive.</summary>
    public required IReadOnlyList<WayEstimate> Ways { get; init; }
}

/// <summary>What one way of making an archive costs.</summary>
public sealed record WayEstimate
{
    /// <summary>How the bytes get into the archive.</summary>
    public AssemblyMode Mode { get; init; }

    /// <summary>The number of parts.</summary>
    public int Parts { get; init; }

    /// <summary>Bytes that pass through the processor.</summary>
    public long CarriedBytes { get; init; }

    /// <summary>Bytes that S3 copies.</summary>
    public long CopiedBytes { get; init; }

    /// <summary>Requests to S3 by operation, including those for the plan.</summary>
    public required IReadOnlyDictionary<string, long> Requests { get; init; }

    /// <summary>Dollars for the requests.</summary>
    public double RequestDollars { get; init; }

    /// <summary>Dollars for bytes that leave their region.</summary>
    public double TransferDollars { get; init; }

    /// <summary>Seconds from the plan to the archive.</summary>
    public double Seconds { get; init; }

    /// <summary>Peak memory use in bytes.</summary>
    public long MemoryBytes { get; init; }
}

/// <summary>Estimates as JSON, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ArchiveEstimate))]
internal sealed partial class EstimateJson : JsonSerializerContext;
