using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Parts;
using Archiver.Processor.Stores;
using Archiver.Processor.Stores.S3;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Stores.S3;

/// <summary>
/// Whatever is in front of S3 or in its place may answer any call with anything. None of that may count as a bug in this program or as a
/// success.
/// </summary>
public sealed class S3AnswersTests
{
    private const string Html = "<html><head><title>Sign in</title></head><body><p>Sign in to this network</p></body></html>";

    private static readonly ObjectAddress Address = Some.Address("some-bucket", "some key");

    private static readonly SourceObject Source = new(Address, 10, "some-etag", 0);

    private static readonly IReadOnlyDictionary<string, string> OddAnswers = new Dictionary<string, string>
    {
        ["a bare 400"] = ScriptedServer.Answer("400 Bad Request"),
        ["a 400 with a page"] = ScriptedServer.Answer("400 Bad Request", Html, "Content-Type: text/html"),
        ["a 401 with a page"] = ScriptedServer.Answer("401 Unauthorized", Html, "WWW-Authenticate: Basic"),
        ["a 403 with a page"] = ScriptedServer.Answer("403 Forbidden", Html, "Content-Type: text/html"),
        ["a 404 with a page"] = ScriptedServer.Answer("404 Not Found", Html, "Content-Type: text/html"),
        ["a 407"] = ScriptedServer.Answer("407 Proxy Authentication Required", "", "Proxy-Authenticate: Basic"),
        ["a 301"] = ScriptedServer.Answer("301 Moved Permanently", "", "Location: http://127.0.0.1:1/login"),
        ["a 302"] = ScriptedServer.Answer("302 Found", "", "Location: http://127.0.0.1:1/login"),
        ["a 307"] = ScriptedServer.Answer("307 Temporary Redirect", "", "Location: http://127.0.0.1:1/login"),
        ["a 307 to nowhere"] = ScriptedServer.Answer("307 Temporary Redirect"),
        ["a 308"] = ScriptedServer.Answer("308 Permanent Redirect", "", "Location: http://127.0.0.1:1/login"),
        ["a 304"] = ScriptedServer.Answer("304 Not Modified"),
        ["a 500 with a page"] = ScriptedServer.Answer("500 Internal Server Error", Html),
        ["a 502 with a page"] = ScriptedServer.Answer("502 Bad Gateway", Html),
        ["a bare 503"] = ScriptedServer.Answer("503 Service Unavailable"),
        ["a bare 504"] = ScriptedServer.Answer("504 Gateway Timeout"),
        ["a 200 with a page"] = ScriptedServer.Answer("200 OK", Html, "Content-Type: text/html"),
        ["a 200 with a page that is no XML"] = ScriptedServer.Answer("200 OK", "<html><br><p>hello</html>", "Content-Type: text/html"),
        ["a bare 200"] = ScriptedServer.Answer("200 OK"),
        ["a 204"] = ScriptedServer.Answer("204 No Content"),
        ["a cut listing"] = ScriptedServer.Answer("200 OK", S3Pages.Listing(false, "a")[..170]),
        ["a listing with a date that is none"] = ScriptedServer.Answer(
            "200 OK", S3Pages.Listing(false, "a").Replace("2024-01-01T00:00:00.000Z", "yesterday", StringComparison.Ordinal)),
        ["a listing with a size that is none"] = ScriptedServer.Answer(
            "200 OK", S3Pages.Listing(false, "a").Replace("<Size>4", "<Size>99999999999999999999", StringComparison.Ordinal)),
        ["a listing with a character that is none"] = ScriptedServer.Answer("200 OK", S3Pages.Listing(false, "a\uFFFE")),
        ["a listing without ETags"] = ScriptedServer.Answer(
            "200 OK", S3Pages.Listing(false, "a").Replace("<ETag>&quot;some-etag&quot;</ETag>", "", StringComparison.Ordinal)),
        ["a listing that goes on nowhere"] = ScriptedServer.Answer("200 OK", S3Pages.Listing(true, "a")),
        ["a listing that goes on where it was"] = ScriptedServer.Answer(
            "200 OK", S3Pages.Listing(true, "a")
                .Replace("<EncodingType>", "<NextContinuationToken>here</NextContinuationToken><EncodingType>", StringComparison.Ordinal)),
        ["a body that is cut"] = "HTTP/1.1 200 OK\r\nContent-Length: 900\r\nConnection: close\r\n\r\n<ListBucketResult>",
        ["an error that is cut"] = "HTTP/1.1 403 Forbidden\r\nContent-Length: 900\r\nConnection: close\r\n\r\n<Error><Code>Acc",
        ["chunks that are none"] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        ["another protocol"] = "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        ["a huge header"] = $"HTTP/1.1 200 OK\r\nX-Huge: {new string('x', 200_000)}\r\nContent-Length: 0\r\n\r\n",
        ["nothing"] = "",
    };

    private static readonly IReadOnlyDictionary<string, Func<S3Lab, Task>> Calls = new Dictionary<string, Func<S3Lab, Task>>
    {
        ["look up a source"] = static lab => lab.Source.FindAsync(Address, Token),
        ["list sources"] = static async lab => await lab.Source.ListAsync(Address, null, Token).ToListAsync(Token),
        ["read a source"] = static lab => lab.Source.ReadAsync(Source, 2, new byte[4], Token),
        ["read a list"] = static async lab =>
        {
            await using var stream = await lab.Source.OpenAsync(Address, Token);
            await new StreamReader(stream).ReadToEndAsync(Token);
        },
        ["find an archive"] = static lab => lab.Archives.FindAsync("some.zip", Token),
        ["begin an archive"] = static lab => lab.Archives.BeginAsync("some.zip", null, isOnePart: false, Token),
        ["store a small archive"] = static async lab =>
        {
            await using var upload = new S3SinglePut(lab.Bodies, "some-bucket", "some.zip");
            await upload.WriteAsync(Part, new byte[10], 0, Token);
            await upload.CompleteAsync(0, null, Token);
        },
        ["store a part"] = static lab => lab.Multipart.WriteAsync(Part, new byte[10], 0, Token),
        ["copy a part"] = static lab => lab.Multipart.CopyAsync(Part, Source, 0, Token),
        ["complete an archive"] = static lab => lab.Multipart.CompleteAsync(0, null, Token),
        ["check the source"] = static lab => lab.Source.CheckAsync(S3Lab.Location, Token),
        ["check the destination"] = static lab => lab.Archives.CheckAsync(Token),
    };

    // An archive that is not found is written next, which shows more. If a copy is answered like this, the server cannot copy and the part
    // is transferred. The check of a source only looks whether the answer is a listing.
    private static readonly HashSet<(string Call, string Answer)> Harmless =
    [
        ("find an archive", "a 404 with a page"), ("copy a part", "a 500 with a page"), ("copy a part", "a 403 with a page"),
        ("check the source", "a listing without ETags"), ("check the source", "a listing that goes on nowhere"),
        ("check the source", "a listing that goes on where it was"),
    ];

    public static TheoryData<string, string> Cases { get; } =
        new(from answer in OddAnswers.Keys from call in Calls.Keys where !Harmless.Contains((call, answer)) select (call, answer));

    public static TheoryData<string> CallNames { get; } = [.. Calls.Keys];

    private static Part Part { get; } = new(1, 0, 10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task An_answer_that_is_not_from_S3_is_not_a_configuration_error(string call, string answer)
    {
        await using var lab = new S3Lab(_ => OddAnswers[answer].Length == 0 ? null : OddAnswers[answer]);

        var error = await Assert.ThrowsAsync<ArchiverException>(() => Calls[call](lab));

        Assert.True(error.ExitCode is ExitCode.Unavailable or ExitCode.TempFail, $"{error.ExitCode}: {error.Message}");
        Assert.DoesNotContain("X-Amz-", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [MemberData(nameof(CallNames))]
    public async Task No_call_waits_before_it_sends_its_body(string call)
    {
        await using var lab = new S3Lab(static _ => ScriptedServer.Error("403 Forbidden", "AccessDenied"));

        try
        {
            await Calls[call](lab);
        }
        catch (ArchiverException)
        {
            // Only what was sent matters.
        }

        Assert.NotEmpty(lab.Server.Requests);
        Assert.All(lab.Server.Requests, static request => Assert.DoesNotContain("Expect", request.Headers));
    }
}
