using System.Globalization;
using System.Text;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Stores;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Stores.S3;

/// <summary>Objects that are read whole and in ranges, over connections that break.</summary>
public sealed class S3ReadingTests
{
    private const string Content = "0123456789";

    private static readonly ObjectAddress Address = Some.Address("some-bucket", "list.jsonl");

    private static readonly SourceObject Source = new(Address, Content.Length, "some-etag", 0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_is_resumed_in_the_same_version_where_its_connection_broke()
    {
        var served = 0;
        await using var lab = new S3Lab(request => served++ switch
        {
            0 => Cut("200 OK", 10, "0123"),
            1 => Cut("206 Partial Content", 6, "45", "Content-Range: bytes 4-9/10"),
            _ => ScriptedServer.Answer("206 Partial Content", "6789", "ETag: \"some-etag\"", "Content-Range: bytes 6-9/10"),
        });

        Assert.Equal(Content, await ReadAsync(lab));

        Assert.Equal(
            [null, "bytes=4-", "bytes=6-"],
            lab.Server.Requests.Select(static request => request.Headers.GetValueOrDefault("Range")));
        Assert.Equal(
            [null, "\"some-etag\"", "\"some-etag\""],
            lab.Server.Requests.Select(static request => request.Headers.GetValueOrDefault("If-Match")));
    }

    [Fact]
    public async Task An_empty_list_can_be_read()
    {
        await using var lab = new S3Lab(static _ => ScriptedServer.Answer("200 OK", "", "ETag: \"some-etag\""));

        Assert.Equal("", await ReadAsync(lab));
    }

    [Fact]
    public async Task A_list_whose_connection_breaks_again_and_again_is_exit_code_69()
    {
        await using var lab = new S3Lab(static request => request.Headers.ContainsKey("Range") ? null : Cut("200 OK", 10, "0123"));

        Assert.Equal(ExitCode.Unavailable, (await Assert.ThrowsAsync<ArchiverException>(() => ReadAsync(lab))).ExitCode);
    }

    [Fact]
    public async Task A_list_that_changes_while_it_is_read_is_exit_code_75()
    {
        await using var lab = new S3Lab(static request => request.Headers.ContainsKey("If-Match")
            ? ScriptedServer.Error("412 Precondition Failed", "PreconditionFailed")
            : Cut("200 OK", 10, "0123"));

        Assert.Equal(ExitCode.TempFail, (await Assert.ThrowsAsync<ArchiverException>(() => ReadAsync(lab))).ExitCode);
    }

    [Theory]
    [InlineData("404 Not Found", "NoSuchKey", ExitCode.NoInput)]
    [InlineData("404 Not Found", "NoSuchBucket", ExitCode.NoInput)]
    [InlineData("403 Forbidden", "AccessDenied", ExitCode.NoPermission)]
    public async Task A_list_that_cannot_be_opened_has_its_exit_code(string status, string code, int exitCode)
    {
        await using var lab = new S3Lab(_ => ScriptedServer.Error(status, code));

        Assert.Equal(exitCode, (await Assert.ThrowsAsync<ArchiverException>(() => lab.Source.OpenAsync(Address, Token))).ExitCode);
    }

    // A server that ignores ranges, or a cache in front of it, would return the beginning of the object for every range.
    [Theory]
    [InlineData("200 OK", null)]
    [InlineData("206 Partial Content", "Content-Range: bytes 0-9/10")]
    [InlineData("206 Partial Content", "Content-Range: bytes 4-5/10")]
    [InlineData("206 Partial Content", null)]
    public async Task Bytes_of_another_range_are_never_taken(string status, string? range)
    {
        await using var lab = new S3Lab(_ => ScriptedServer.Answer(
            status, Content, range is null ? ["ETag: \"some-etag\""] : ["ETag: \"some-etag\"", range]));

        var error = await Assert.ThrowsAsync<ArchiverException>(() => lab.Source.ReadAsync(Source, 4, new byte[4], Token));
        Assert.Equal(ExitCode.Unavailable, error.ExitCode);
    }

    [Fact]
    public async Task A_range_from_the_beginning_may_come_as_the_whole_object()
    {
        await using var lab = new S3Lab(static _ => ScriptedServer.Answer("200 OK", Content, "ETag: \"some-etag\""));
        var target = new byte[4];

        await lab.Source.ReadAsync(Source, 0, target, Token);

        Assert.Equal("0123", Encoding.UTF8.GetString(target));
    }

    [Theory]
    [InlineData("<StorageClass>GLACIER</StorageClass>", "storage class GLACIER")]
    [InlineData("", "an archive tier")]
    public async Task An_object_in_cold_storage_is_exit_code_66_and_reported_as_such(string more, string said)
    {
        await using var lab = new S3Lab(_ => ScriptedServer.Error(
            "403 Forbidden", "InvalidObjectState", "The operation is not valid for the object's storage class", more));

        var errors = new[]
        {
            await Assert.ThrowsAsync<ArchiverException>(() => lab.Source.ReadAsync(Source, 0, new byte[4], Token)),
            await Assert.ThrowsAsync<ArchiverException>(() => lab.Source.OpenAsync(Address, Token)),
            await Assert.ThrowsAsync<ArchiverException>(() => lab.Multipart.CopyAsync(new(1, 0, 10), Source, 0, Token)),
        };

        Assert.All(errors, error => Assert.Equal(ExitCode.NoInput, error.ExitCode));
        Assert.All(errors, error => Assert.Contains(said, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_error_that_does_not_end_is_not_read_to_its_end()
    {
        await using var lab = new S3Lab(static _ =>
            ScriptedServer.Answer("403 Forbidden", "<Error><Code>AccessDenied</Code>" + new string(' ', 100_000))
                .Replace("Content-Length: ", "Content-Length: 9", StringComparison.Ordinal));

        var error = await Assert.ThrowsAsync<ArchiverException>(() => lab.Source.OpenAsync(Address, Token));
        Assert.Equal(ExitCode.NoPermission, error.ExitCode);
    }

    [Fact]
    public async Task Only_S3_can_report_a_source_as_missing()
    {
        await using var lab = new S3Lab(static _ => ScriptedServer.Error("404 Not Found", "NoSuchKey"));

        Assert.Null(await lab.Source.FindAsync(Address, Token));
    }

    [Fact]
    public async Task A_wrong_clock_is_corrected_by_the_server_s()
    {
        var ahead = TimeSpan.FromDays(3);
        await using var lab = new S3Lab(
            request =>
            {
                var now = DateTimeOffset.UtcNow + ahead;
                return SentAt(request) is var sent && (now - sent).Duration() < TimeSpan.FromMinutes(15) && Lifetime(request) > 0
                    ? ScriptedServer.Answer("200 OK", Content, "ETag: \"some-etag\"", $"Date: {now:r}")
                    : ScriptedServer.Answer("403 Forbidden", "<Error><Code>RequestTimeTooSkewed</Code><Message>no</Message></Error>", $"Date: {now:r}");
            },
            retries: 2);

        var source = await lab.Source.FindAsync(Address, Token);
        await lab.Source.ReadAsync(source!.Value, 0, new byte[Content.Length], Token);

        Assert.Equal(Content.Length, source.Value.Size);
    }

    private static DateTimeOffset SentAt(ScriptedRequest request) => DateTimeOffset.ParseExact(
        request.Query.GetValueOrDefault("X-Amz-Date") ?? request.Headers["X-Amz-Date"],
        "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static int Lifetime(ScriptedRequest request) =>
        int.Parse(request.Query.GetValueOrDefault("X-Amz-Expires") ?? "1", CultureInfo.InvariantCulture);

    private static async Task<string> ReadAsync(S3Lab lab)
    {
        using var reader = new StreamReader(await lab.Source.OpenAsync(Address, Token));
        return await reader.ReadToEndAsync(Token);
    }

    private static string Cut(string status, int promised, string body, params string[] headers) =>
        $"HTTP/1.1 {status}\r\nETag: \"some-etag\"\r\n{string.Concat(headers.Select(static header => header + "\r\n"))}"
        + $"Connection: close\r\nContent-Length: {promised}\r\n\r\n{body}";
}
