using System.Text.Json;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Chaos;

/// <summary>A request, and how it must end.</summary>
/// <param name="Key">Its AIP ID, and the attribute by which its completions and dead letters are found.</param>
/// <param name="Body">The message.</param>
/// <param name="Sends">How often it is sent: some producers send twice.</param>
/// <param name="ExitCode">0 when it must be archived, else the code that it must be rejected with; null when any failure will do.</param>
/// <param name="Entries">Names and sources of the archive's entries; null when they are not looked at.</param>
public sealed record ChaosRequest(string Key, string Body, int Sends, int? ExitCode, IReadOnlyList<(string Name, string Source)>? Entries)
{
    public const string KeyAttribute = "Trial";

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>What is wrong with it, when something is wrong on purpose.</summary>
    public string? Kind { get; init; }

    public async Task SendAsync(ITestQueue queue)
    {
        for (var i = 0; i < Sends; i++)
            await queue.SendAsync(Body, new Dictionary<string, string>(Attributes) { [KeyAttribute] = Key });
    }
}

/// <summary>Sources of all sizes, and requests for them: most can be archived, some cannot, and some are meant to do harm.</summary>
public sealed class ChaosRequests
{
    private readonly Random _random;
    private readonly Dictionary<string, byte[]> _sources = [];

    /// <param name="seed">The same makes the same requests.</param>
    /// <param name="honest">How many mean well.</param>
    /// <param name="sizes">Of the sources.</param>
    /// <param name="poison">What is mixed in.</param>
    public ChaosRequests(int seed, int honest, IReadOnlyList<int> sizes, IEnumerable<ChaosRequest> poison)
    {
        _random = new Random(seed);
        for (var i = 0; i < 24; i++)
            _sources[$"source-{i:00}.bin"] = Some.Bytes(sizes[i % sizes.Count] + i, seed + i);
        var all = Enumerable.Range(1, honest).Select(Make).ToList();
        foreach (var one in poison)
            all.Insert(_random.Next(all.Count + 1), one);
        _sources[Poison.Source.Key] = Some.Bytes(Poison.Source.Length, seed);
        All = all;
    }

    public IReadOnlyDictionary<string, byte[]> Sources => _sources;

    public IReadOnlyList<ChaosRequest> All { get; }

    private ChaosRequest Make(int number)
    {
        var aipId = $"chaos-{number:0000}";
        var sends = _random.Next(12) == 0 ? 2 : 1;
        return _random.Next(15) switch
        {
            0 => new(aipId, Write(aipId, [("a.bin", "no-such-source.bin")]), sends, 66, []),
            1 => new(aipId, Write(aipId, []), sends, 65, []),
            _ => Valid(aipId, sends),
        };
    }

    private ChaosRequest Valid(string aipId, int sends)
    {
        var entries = Enumerable.Range(0, _random.Next(1, 6)).Select(i => ($"{aipId}/{i}.bin", _sources.Keys.ElementAt(_random.Next(_sources.Count)))).ToList();
        return new(aipId, Write(aipId, entries), sends, 0, entries);
    }

    private static string Write(string aipId, IReadOnlyList<(string Name, string Source)> entries) => JsonSerializer.Serialize(new
    {
        aipid = aipId,
        timestamp = "2024-05-30T14:29:22Z",
        files = entries.Select(static entry => new { source = entry.Source, destination = entry.Name }),
    });
}
