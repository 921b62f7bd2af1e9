using System.Text.Json.Serialization;

namespace Archiver.Programs.Settings;

/// <summary>How an archive's bytes get from S3 to S3.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AssemblyMode>))]
public enum AssemblyMode
{
    /// <summary>Whichever the cost model prefers.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,

    /// <summary>Through the processor.</summary>
    [JsonStringEnumMemberName("carry")]
    Carry,

    /// <summary>Inside S3 wherever possible.</summary>
    [JsonStringEnumMemberName("copy")]
    Copy,
}
