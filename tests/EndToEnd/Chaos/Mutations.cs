using System.Text.Json.Nodes;

namespace Archiver.EndToEnd.Chaos;

/// <summary>Makes new messages out of good and bad samples: what careless, broken and hostile senders write. The same seed makes the same messages.</summary>
public sealed class Mutations(int seed, IReadOnlyList<string> samples)
{
    private static readonly string[] OddTexts =
    [
        "", " ", "\0", "\n", "\u001b[2J", "..", ".", "a/../b", "../../etc/passwd", "/etc/passwd", "//", "a//b", "mds2909/.", "mds2909/././.", "-", "--help", "s3://", "s3:///k", "s3://arn:x/k",
        "s3://no-such-bucket-at-all/k", "s3://b/", "s3://UPPER_case/k", "file:///etc/passwd", "file:", "http://127.0.0.1:1/x", "C:\\x", "CON", "a:b", "\u202Egpj.exe", "e\u0301", "\uFFFE", "\uFEFF", "\U0001F600",
        "9999-12-31T23:59:59Z", "0001-01-01", "2024-13-45T99:99:99", "NaN", "null", "md5:00", "sha256:zz", "archive", "verify", "high", "HIGH", "mds2909", "example-directory/uuid1.png", "source.jpg", "many.jsonl", "noise.bin",
    ];

    private static readonly string[] OddNames =
        ["aipid", "AIPID", "files", "Files", "filenames", "filename", "filesFrom", "action", "priority", "timestamp", "metadata", "success", "Success", "Error", "message", "substitutions", "archive", "request_id", "", "__proto__", "$ref", "@t", "a\u0000b"];

    private static readonly string[] RawPieces =
        ["\\ud800", "\\u0000", "\"", "{", "}", "[", "]", ",", ":", "null", "1e999", "-0", "\u0001", "\u2028", "//", "/*", "'", "\\", "NaN", "\uFEFF", "{\"a\":1}", "\t", "\r\n"];

    private readonly Random _random = new(seed);

    public string Next()
    {
        var text = samples[_random.Next(samples.Count)];
        // One change leaves most messages good enough for a processor; three seldom do.
        for (var left = Math.Max(1, _random.Next(6) - 2); left > 0; left--)
            text = Mutate(text);
        return text.Length == 0 ? " " : text;
    }

    /// <summary>Attributes that a careless sender adds; all of them are such that SQS takes them.</summary>
    public IReadOnlyDictionary<string, string> NextAttributes()
    {
        var attributes = new Dictionary<string, string>();
        for (var left = _random.Next(12) == 0 ? 9 : _random.Next(3); left > 0; left--)
            attributes[_random.Next(8) switch
            {
                0 => "traceparent",
                1 => "tracestate",
                2 => "Archiver-Code",
                3 => "Archiver-Exit-Code",
                _ => $"Sender-{left}",
            }] = _random.Next(6) switch
            {
                0 => "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                1 => new string('x', _random.Next(1, 70_000)),
                2 => "OK",
                _ => $"{_random.Next()}",
            };
        return attributes;
    }

    private string Mutate(string text) => _random.Next(10) < 8 ? MutateJson(text) : MutateText(text);

    private string MutateJson(string text)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(text);
        }
        catch (Exception error) when (error is System.Text.Json.JsonException or ArgumentException)
        {
            return MutateText(text);
        }
        try
        {
            if (AnyContainer(root) is JsonObject named)
                Mutate(named);
            else if (AnyContainer(root) is JsonArray listed)
                Mutate(listed);
            return root?.ToJsonString() ?? "null";
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // Names that stand twice cannot be looked up; text can.
            return MutateText(text);
        }
    }

    private void Mutate(JsonObject target)
    {
        var names = target.Select(static pair => pair.Key).ToList();
        var name = names.Count == 0 || _random.Next(4) == 0 ? OddNames[_random.Next(OddNames.Length)] : names[_random.Next(names.Count)];
        switch (_random.Next(4))
        {
            case 0 when names.Contains(name):
                target.Remove(name);
                break;
            case 1 when names.Contains(name):
                var value = target[name]?.DeepClone();
                target.Remove(name);
                target[_random.Next(2) == 0 ? name.ToUpperInvariant() : name + "x"] = value;
                break;
            default:
                target[name] = OddValue(0);
                break;
        }
    }

    private void Mutate(JsonArray target)
    {
        if (target.Count == 0 || _random.Next(3) == 0)
            target.Add(OddValue(0));
        else if (_random.Next(3) == 0)
            target.RemoveAt(_random.Next(target.Count));
        else if (_random.Next(2) == 0)
            target.Add(target[_random.Next(target.Count)]?.DeepClone());
        else
            target[_random.Next(target.Count)] = OddValue(0);
    }

    private JsonNode? OddValue(int depth) => _random.Next(14) switch
    {
        0 => null,
        1 => JsonValue.Create(true),
        2 => JsonValue.Create(_random.Next() - 1_000_000_000),
        3 => JsonValue.Create(_random.NextDouble() * 1e300),
        4 => new JsonArray(),
        5 => new JsonObject(),
        6 when depth < 3 => new JsonArray([.. Enumerable.Range(0, _random.Next(5)).Select(_ => OddValue(depth + 1))]),
        7 when depth < 3 => new JsonObject { [OddNames[_random.Next(OddNames.Length)]] = OddValue(depth + 1) },
        8 => JsonValue.Create(new string((char)('a' + _random.Next(26)), _random.Next(1, 70_000))),
        9 => JsonNode.Parse(new string('[', 60) + new string(']', 60)),
        10 => new JsonObject { ["source"] = OddTexts[_random.Next(OddTexts.Length)], ["destination"] = OddTexts[_random.Next(OddTexts.Length)] },
        _ => JsonValue.Create(OddTexts[_random.Next(OddTexts.Length)]),
    };

    private JsonNode? AnyContainer(JsonNode? root)
    {
        var containers = new List<JsonNode>();
        Collect(root, containers);
        return containers.Count == 0 ? null : containers[_random.Next(containers.Count)];
    }

    private static void Collect(JsonNode? node, List<JsonNode> containers)
    {
        if (node is not (JsonObject or JsonArray))
            return;
        containers.Add(node);
        foreach (var child in node is JsonObject named ? named.Select(static pair => pair.Value) : (JsonArray)node)
            Collect(child, containers);
    }

    private string MutateText(string text)
    {
        var at = _random.Next(text.Length + 1);
        var length = Math.Min(_random.Next(1, 20), text.Length - at);
        return _random.Next(6) switch
        {
            0 => text[..at],
            1 => text.Remove(at, length),
            2 => text.Insert(at, text.Substring(at, length)),
            3 when at < text.Length => text[..at] + (char)_random.Next(1, 0xD7FF) + text[(at + 1)..],
            4 => text + text,
            _ => text.Insert(at, RawPieces[_random.Next(RawPieces.Length)]),
        };
    }
}
