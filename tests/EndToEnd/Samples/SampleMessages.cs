using System.Text;
using Archiver.EndToEnd.Support;

namespace Archiver.EndToEnd.Samples;

/// <summary>The messages of the replaced systems, in tests/Messages, and what must become of them.</summary>
internal static class SampleMessages
{
    /// <summary>The bucket that one of the requests names beside the source location.</summary>
    public const string OtherBucket = "foobar";

    /// <summary>Each valid request: the entries of its archive, in order, and where their contents lie.</summary>
    public static IReadOnlyDictionary<string, (string Entry, string Source)[]> Valid { get; } = new Dictionary<string, (string, string)[]>
    {
        ["request-aip-filenames.json"] = [("trial1.txt", "mds2909/trial1.txt"), ("trial2.txt", "mds2909/trial2.txt")],
        ["request-aip-whole.json"] =
        [
            ("data/measurements.csv", "mds2909/data/measurements.csv"), ("trial1.txt", "mds2909/trial1.txt"), ("trial2.txt", "mds2909/trial2.txt"),
        ],
        ["request-media-extra-properties.json"] = [("album_1/source.jpg", "source.jpg")],
        ["request-media-simple.json"] = [("uuid1.png", "example-directory/uuid1.png"), ("uuid2.png", "example-directory/uuid2.png")],
        ["request-media.json"] =
        [
            ("album_1/uuid1.png", "example-directory/uuid1.png"),
            ("album_1/uuid2.png", "s3://foobar/example-directory/uuid2.png"),
            ("album_2/uuid3.png", "example-directory/uuid3.png"),
        ],
    };

    /// <summary>Each invalid request, and a word of what must be said about it.</summary>
    public static IReadOnlyDictionary<string, string> Invalid { get; } = new Dictionary<string, string>
    {
        ["invalid-aipid-option.json"] = "--help",
        ["invalid-no-source.json"] = "source",
        ["invalid-not-json.json"] = "JSON",
        ["invalid-nothing-to-archive.json"] = "nothing to archive",
        ["invalid-priority.json"] = "urgent",
        ["invalid-traversal.json"] = "..",
    };

    public static IEnumerable<string> All => Valid.Keys.Concat(Invalid.Keys);

    public static IEnumerable<string> Sources => Valid.Values.SelectMany(static entries => entries).Select(static entry => entry.Source).Distinct();

    public static string Read(string name) => File.ReadAllText(Path.Combine(Repository.Root, "tests", "Messages", name));

    /// <summary>What lies at a source: no two are equal.</summary>
    public static byte[] ContentOf(string source) => [.. Encoding.UTF8.GetBytes(source + "\n"), .. Some.Bytes(1000 + source.Length * 37, source.Length)];
}
