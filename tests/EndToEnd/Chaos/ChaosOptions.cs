using System.Globalization;

namespace Archiver.EndToEnd.Chaos;

/// <summary>How large a chaos run is; bench/chaos.sh sets the variables.</summary>
public sealed record ChaosOptions
{
    /// <summary>The same seed makes the same requests, the same plan of kills and the same odds of faults.</summary>
    public int Seed { get; init; } = Number("SEED", 1);

    public int Requests { get; init; } = Number("REQUESTS", 40);

    /// <summary>Requests beside these that are meant to do harm.</summary>
    public int Poison { get; init; } = Number("POISON", Chaos.Poison.KindCount);

    /// <summary>Mutated ones.</summary>
    public int Messages { get; init; } = Number("MESSAGES", 200);

    public int Kills { get; init; } = Number("KILLS", 12);

    /// <summary>How often to measure what poison costs.</summary>
    public int Rounds { get; init; } = Number("ROUNDS", 1);

    public int Pollers { get; init; } = 2;

    public int Concurrency { get; init; } = 3;

    /// <summary>All must be over by then.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(Number("SECONDS", 240));

    /// <summary>A file for the report.</summary>
    public string? Report { get; init; } = Variable("REPORT");

    private static int Number(string name, int otherwise) => Variable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static string? Variable(string name) => Environment.GetEnvironmentVariable($"ARCHIVER_CHAOS_{name}") is { Length: > 0 } value ? value : null;
}
