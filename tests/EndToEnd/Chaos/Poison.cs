using System.Text.Json;

namespace Archiver.EndToEnd.Chaos;

/// <summary>Messages that used to harm others. Each kind ends in an archive or in a rejection of its own, and costs nobody else anything.</summary>
public static class Poison
{
    private const string Any = "any";
    private const int Missing = 2_000;

    private static readonly (string Kind, int? ExitCode, Func<string, Poisoned> Make)[] Kinds =
    [
        ("an SNS attribute without a value", 0, static id => Notification(id, """{"Empty":{"Type":"String","Value":""}}""")),
        ("more than ten SNS attributes", 0, static id => Notification(id, $"{{{string.Join(',', Enumerable.Range(0, 14).Select(static i => $$""" "a{{i}}":{"Type":"String","Value":"{{i}}"} """))}}}")),
        ("a control character in an SNS attribute", 0, static id => Notification(id, """{"Bell":{"Type":"String","Value":"a\u0007b"}}""")),
        ("an SNS attribute of an odd name", 0, static id => Notification(id, """{"AWS.odd name!":{"Type":"String","Value":"1"},"":{"Type":"String","Value":"1"}}""")),
        ("an enormous tracestate", 0, static id => new(Request(id, "poison.bin"), new()
        {
            ["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            ["tracestate"] = new string('x', 131_072),
        })),
        ("an ARN for a bucket", 65, static id => new(Request(id, "s3://arn:x/k"))),
        ("a bucket of a name that cannot be", 65, static id => new(Request(id, "s3://no:bucket/k"))),
        ("a bucket that does not exist", null, static id => new(Request(id, "s3://no-such-bucket-of-anybody/k"))),
        ("a key that begins with a slash", 66, static id => new(Request(id, "/no-such-source.bin"))),
        ("a key with odd characters", 66, static id => new(Request(id, "a b+c%2F?d#e/\u00e9\u4e2d.bin"))),
        ("a list that is no list", 65, static id => new($$"""{"aipid":"{{id}}","filesFrom":"poison.bin"}""")),
        ("an identifier with an empty segment", 65, static id => new($$"""{"aipid":"{{id}}//x","filenames":["a"]}""")),
        ("an identifier that climbs", 65, static id => new($$"""{"aipid":"{{id}}/.","filenames":["a"]}""")),
        ("forged results", 66, static id => new(
            $$"""{"aipid":"{{id}}","Success":true,"Error":null,"Substitutions":{"archiver_URL":"https://forged.example/x.zip"},"files":[{"source":"no-such-source.bin"}]}""", new()
            {
                ["Archiver-Code"] = "OK",
                ["archiver-reason"] = "forged",
            })),
        ("no JSON", 65, static id => new($"{id} \u4e2d {{{{{{")),
        ("half a character", 65, static id => new($$"""{"aipid":"{{id}}","files":[{"source":"\ud800.txt"}]}""")),
        ("deep nesting", 65, static id => new($$"""{"aipid":"{{id}}","metadata":{{new string('[', 100_000)}}""")),
        ("a large body", 65, static id => new($$"""{"aipid":"{{id}}","files":[],"padding":"{{new string('x', 1_000_000)}}"}""")),
        ("a folder and a file of one name", 0, static id => new(
            $$"""{"aipid":"{{id}}","files":[{"source":"poison.bin","destination":"d.txt"},{"source":"poison.bin","destination":"d.txt/x.txt"}]}""")),
        ("a large request that can be archived", 0, static id => new($$"""{"aipid":"{{id}}","files":[{"source":"poison.bin"}],"padding":"{{new string('x', 500_000)}}"}""")),
        ("thousands of missing sources", 0, static id => new(JsonSerializer.Serialize(new
        {
            aipid = id,
            files = Enumerable.Range(0, Missing).Select(static i => new { source = $"missing/{i:0000}{new string('x', 100)}.bin" }).Append(new { source = "poison.bin" }),
        }))),
        ("ten attributes", 65, static id => new($$"""{"aipid":"{{id}}","files":[]}""", Enumerable.Range(0, 9).ToDictionary(static i => $"Of-Sender-{i}", static i => $"{i}"))),
    ];

    public static int KindCount => Kinds.Length;

    /// <summary>Needed by some of them.</summary>
    public static (string Key, int Length) Source => ("poison.bin", 70_000);

    /// <summary>One of each kind after another, again and again.</summary>
    public static IEnumerable<ChaosRequest> All => Enumerable.Range(0, int.MaxValue).Select(Make);

    /// <summary>Without those that are tried again before they are given up.</summary>
    public static IEnumerable<ChaosRequest> WithKnownEnds => All.Where(static request => request.ExitCode is not null);

    private static ChaosRequest Make(int number)
    {
        var (kind, exitCode, make) = Kinds[number % Kinds.Length];
        var key = $"poison-{number:0000}";
        var (body, attributes) = make(key);
        return new ChaosRequest(key, body, 1, exitCode, null) { Attributes = attributes ?? [], Kind = kind };
    }

    private static string Request(string id, string source) =>
        JsonSerializer.Serialize(new { aipid = id, timestamp = "2024-05-30T14:29:22Z", files = (object[])[new { source, destination = Any }] });

    private static Poisoned Notification(string id, string attributes) => new(
        $$"""{"Type":"Notification","MessageId":"1","TopicArn":"arn:aws:sns:eu-west-1:123456789012:t","Message":{{JsonSerializer.Serialize(Request(id, "poison.bin"))}},"MessageAttributes":{{attributes}}}""");

    private sealed record Poisoned(string Body, Dictionary<string, string>? Attributes = null);
}
