using System.Text.Json;
using Archiver.EndToEnd.Support;

namespace Archiver.EndToEnd.Chaos;

/// <summary>A request, and how it must end.</summary>
/// <param name="AipId">Its own.</param>
/// <param name="Body">The message.</param>
/// <param name="Sends">How often it is sent: some producers send twice.</param>
/// <param name="ExitCode">0 when it must be archived, else the code that it must be rejected with.</param>
/// <param name="Entries">Names and sources of the archive's entries.</param>
public sealed record ChaosRequest(string AipId, string Body, int Sends, int ExitCode, IReadOnlyList<(string Name, string Source)> Entries);

/// <summary>Sources of all sizes, and requests for them: most can be archived, some cannot.</summary>
public sealed class ChaosRequests
{
    private static readonly int[] Sizes = [0, 1, 1000, 40_000, 300_000, 1_200_000, 6_000_000, 13_000_000];

    private readonly Random _random;
    private readonly Dictionary<string, byte[]> _sources = [];

    public ChaosRequests(ChaosOptions options)
    {
        _random = new Random(options.Seed);
        for (var i = 0; i < 24; i++)
            _sources[$"source-{i:00}.bin"] = Some.Bytes(Sizes[i % Sizes.Length] + i, options.Seed + i);
        All = [.. Enumerable.Range(1, options.Requests).Select(Make)];
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
