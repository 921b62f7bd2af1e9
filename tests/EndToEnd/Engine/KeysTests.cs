using System.Text;
using System.Text.Json.Nodes;
using Archiver.EndToEnd.Support;

namespace Archiver.EndToEnd.Engine;

/// <summary>Objects whose keys a URL or XML is not made for.</summary>
public sealed class KeysTests(S3Fixture s3) : IClassFixture<S3Fixture>
{
    // All but one that begins with a slash: the server here does not take it, and unit tests show what is sent.
    private static readonly string[] Folders =
        ["a//b", "a/.", "a/../b", ".", "a%2Fb", "%20", "a+b", "a b", "a?b#c", "a\\b", "ü/日本/😀", "a\uFFFEb", "a\tb\r\nc", "~!*'()&=@:,;$[]"];

    [Fact]
    public async Task Every_one_is_read_when_it_is_named()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        foreach (var folder in Folders)
            await s3.PutAsync($"sources/named/{folder}/x.txt", folder);
        var files = new JsonArray([.. Folders.Select((folder, i) => new JsonObject { ["source"] = $"s3://{s3.Bucket}/sources/named/{folder}/x.txt", ["destination"] = $"{i}" })]);

        var end = await workshop.RunAsync(new JsonObject { ["aipid"] = "named", ["files"] = files }.ToJsonString());

        Assert.Equal(Folders, ZipContent.Read(await workshop.GetArchiveAsync(end)).Select(static entry => Encoding.UTF8.GetString(entry.Content)));
    }

    [Fact]
    public async Task A_key_that_XML_cannot_carry_spoils_no_listing()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        string[] names = ["a b+c%.txt", "plain.txt", "x\uFFFEy.txt"];
        foreach (var name in names)
            await s3.PutAsync($"sources/listed/{name}", name);

        var end = await workshop.RunAsync(S3Workshop.Whole("listed"));

        Assert.Equal(names, ZipContent.Read(await workshop.GetArchiveAsync(end)).Select(static entry => Encoding.UTF8.GetString(entry.Content)));
    }

    [Theory]
    [InlineData("s3://arn:x/k")]
    [InlineData("s3://a/k")]
    public async Task A_name_that_no_bucket_has_is_the_request_s_own_fault(string source)
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);

        var end = await workshop.RunAsync(new JsonObject { ["aipid"] = "some", ["files"] = new JsonArray(new JsonObject { ["source"] = source }) }.ToJsonString());

        Assert.Equal(65, end.ExitCode);
        Assert.Contains("is not allowed", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_read_on_where_its_connection_breaks()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        var contents = await workshop.PutFilesAsync("broken", 10, 20, 30);
        await s3.PutAsync("sources/broken.jsonl", string.Concat(contents.Keys.Select(static name => $$"""{"source":"broken/{{name}}"}""" + "\n")));
        workshop.Proxy.Faults.Add(new Fault(FaultKind.CutShort) { Operations = ["GetObject"], Times = 2 });

        var end = await workshop.RunAsync("""{"aipid":"broken","filesFrom":"broken.jsonl"}""");

        await workshop.CheckAsync(end, contents);
    }
}
