using System.Text.Json;
using System.Text.Json.Nodes;

namespace Archiver.Dummy;

/// <summary>What to do: from the environment variable ARCHIVER_DUMMY, and then standard input is not read; else from the request on it.</summary>
internal sealed record Orders
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>What to end with.</summary>
    public int Exit { get; init; }

    /// <summary>What to end with at the first run for this AIP, the second, ...; the last one counts for all later. Below zero: a signal to die of. Needs a record.</summary>
    public IReadOnlyList<int> Exits { get; init; } = [];

    /// <summary>A folder to write down in when this began and ended.</summary>
    public string? Record { get; init; }

    /// <summary>How long to work.</summary>
    public int SleepMs { get; init; }

    /// <summary>A file to wait for.</summary>
    public string? WaitFor { get; init; }

    /// <summary>To print instead of a result.</summary>
    public string? Stdout { get; init; }

    public IReadOnlyList<string> Stderr { get; init; } = [];

    public bool NoResult { get; init; }

    public long FloodStdout { get; init; }

    public long FloodStderr { get; init; }

    /// <summary>Of a flood; 0: no line ever ends.</summary>
    public int LineLength { get; init; }

    public bool IgnoreSigterm { get; init; }

    public bool CloseStdin { get; init; }

    /// <summary>To leave a child behind that keeps the output open.</summary>
    public bool Grandchild { get; init; }

    /// <summary>How often to tell progress; 0: never.</summary>
    public int ProgressMs { get; init; }

    /// <summary>How many bytes more each time.</summary>
    public int ProgressStep { get; init; }

    /// <summary>Memory to use, of the garbage collector's or of the C library's.</summary>
    public int EatMib { get; init; }

    public bool EatNative { get; init; }

    public static Orders Take() =>
        Environment.GetEnvironmentVariable("ARCHIVER_DUMMY") is { Length: > 0 } text
            ? JsonSerializer.Deserialize<Orders>(text, SnakeCase)!
            : JsonNode.Parse(Console.In.ReadToEnd())?["dummy"].Deserialize<Orders>(SnakeCase) ?? new Orders();

    /// <param name="run">0 for the first.</param>
    public int ExitOfRun(int run) => Exits.Count == 0 ? Exit : Exits[Math.Min(run, Exits.Count - 1)];
}
