using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Processor.Stores.S3;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Stores.S3;

/// <summary>Keys that URLs cannot express are requested exactly as they are, and signed as they are sent.</summary>
public sealed class S3KeysTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Keys { get; } =
    [
        "plain.txt", "/a.jpg", "//a.jpg", "/", "a//b", "a/./b", "a/../b", "..", "./x", "a%2Fb", "%20", "a+b", "a b",
        " a ", "a?b#c", "a\\b", "a\tb\r\nc", "a/", "ü/日本/😀", "a\uFFFEb", "a\u0001b",
        "~!*'()&=@:,;$[]{}<>^`|\"", "/some-bucket/x", "/a b/../%",
    ];

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_key_is_looked_for_and_read_as_it_is(string key)
    {
        await using var lab = new S3Lab(static _ => ScriptedServer.Answer("200 OK", "text", "ETag: \"some-etag\""));
        var address = Some.Address("some-bucket", key);

        var source = await lab.Source.FindAsync(address, Token);
        var content = new byte[4];
        await lab.Source.ReadAsync(source!.Value, 0, content, Token);

        Assert.Equal("text", Encoding.UTF8.GetString(content));
        Assert.Equal(["HEAD", "GET"], lab.Server.Requests.Select(static request => request.Method));
        Assert.All(lab.Server.Requests, request => AssertNames(request, key));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_key_is_written_as_it_is(string key)
    {
        await using var lab = new S3Lab(static _ => ScriptedServer.Answer("200 OK", "", "ETag: \"some-etag\""));

        var request = new GetPreSignedUrlRequest { BucketName = "some-bucket", Key = key, Verb = HttpVerb.PUT };
        await lab.Bodies.PutAsync(request, S3Body.Of("text"u8.ToArray()), 1, null, Token);

        AssertNames(Assert.Single(lab.Server.Requests), key);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_key_that_is_listed_is_found_as_it_is(string key)
    {
        await using var lab = new S3Lab(request => ScriptedServer.Answer(
            "200 OK", S3Pages.Listing(false, request.Query["encoding-type"] == "url" ? S3Pages.Encode(key) : key)));

        Assert.Equal(
            key,
            Assert.Single(await lab.Source.ListAsync(Some.Address("some-bucket", ""), null, Token).ToListAsync(Token)).Address.Key);
    }

    [Fact]
    public async Task A_server_that_does_not_encode_keys_is_taken_at_its_word()
    {
        await using var lab = new S3Lab(static _ => ScriptedServer.Answer(
            "200 OK", S3Pages.Listing(false, "a+b%20c").Replace("<EncodingType>url</EncodingType>", "", StringComparison.Ordinal)));

        Assert.Equal(
            "a+b%20c",
            Assert.Single(await lab.Source.ListAsync(Some.Address("some-bucket", ""), null, Token).ToListAsync(Token)).Address.Key);
    }

    private static void AssertNames(ScriptedRequest request, string key)
    {
        Assert.StartsWith("/some-bucket/", request.Path, StringComparison.Ordinal);
        Assert.Equal(key, Uri.UnescapeDataString(request.Path["/some-bucket/".Length..]));
        Assert.True(SignatureV4.IsValid(request, S3Lab.Secret), request.Target);
    }
}
