using System.Diagnostics;
using System.Net;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.Engine;

/// <summary><c>archiver-processor --check</c>: whether jobs can work at all, without a job.</summary>
public sealed class CheckTests(S3Fixture s3) : IClassFixture<S3Fixture>, IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Buckets_that_can_be_used_are_0_and_stay_as_they_were()
    {
        var end = await CheckAsync();

        Assert.Equal(0, end.ExitCode);
        Assert.Contains("\"success\":true", Assert.Single(end.Output.Split('\n')), StringComparison.Ordinal);
        Assert.Empty(await s3.ListAsync());
        Assert.Empty(await s3.ListUploadsAsync());
    }

    [Theory]
    [InlineData("S3_SOURCE_BUCKET", "no-such-bucket-of-sources", "no-such-bucket-of-sources")]
    [InlineData("S3_DESTINATION_BUCKET", "no-such-bucket-of-archives", "no-such-bucket-of-archives")]
    [InlineData("AWS_ACCESS_KEY_ID", "nobody", "the credentials are not valid")]
    [InlineData("AWS_SECRET_ACCESS_KEY", "wrong", "the credentials are not valid")]
    [InlineData("AWS_ACCESS_KEY_ID", null, "credentials")]
    [InlineData("S3_SOURCE_BUCKET", "./no-such-folder", "does not exist")]
    [InlineData("S3_DESTINATION_BUCKET", "/proc/archives", "/proc/archives")]
    public async Task What_is_set_wrongly_is_78_and_one_line(string name, string? value, string said)
    {
        var end = await CheckAsync((name, value));

        Assert.Equal(78, end.ExitCode);
        Assert.Contains(said, Assert.Single(end.Output.Split('\n')), StringComparison.Ordinal);
        Assert.Contains(said, Assert.Single(end.Log.All), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "ExpiredToken", 78, "the credentials have expired (ExpiredToken)")]
    [InlineData(HttpStatusCode.Forbidden, "InvalidAccessKeyId", 78, "the credentials are not valid (InvalidAccessKeyId)")]
    [InlineData(HttpStatusCode.Forbidden, "AccessDenied", 77, "access denied")]
    [InlineData(HttpStatusCode.InternalServerError, "InternalError", 69, "InternalError")]
    public async Task What_the_server_answers_has_its_exit_code(HttpStatusCode status, string code, int exitCode, string said)
    {
        await using var server = new RefusingServer(status, code);

        var end = await CheckAsync(("AWS_ENDPOINT_URL_S3", server.Url));

        Assert.Equal(exitCode, end.ExitCode);
        Assert.Contains(said, end.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "")]
    [InlineData(HttpStatusCode.Forbidden, "<html><body>Blocked</body></html>")]
    [InlineData(HttpStatusCode.NotFound, "<html><body>default backend - 404</body></html>")]
    [InlineData(HttpStatusCode.OK, "<html><body>Sign in</body></html>")]
    public async Task What_does_not_come_from_S3_is_69_for_the_check_and_for_jobs(HttpStatusCode status, string body)
    {
        await using var server = new RefusingServer(status, "text/html", body);

        var check = await CheckAsync(("AWS_ENDPOINT_URL_S3", server.Url));
        var job = await RunAsync(["--aipid=some"], """{"files":[{"source":"a.txt"}]}""", ("AWS_ENDPOINT_URL_S3", server.Url));

        Assert.Equal((69, 69), (check.ExitCode, job.ExitCode));
        Assert.Contains("not from an S3 server", check.Output, StringComparison.Ordinal);
        Assert.Contains("not from an S3 server", job.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ExpiredToken", 78)]
    [InlineData("AccessDenied", 77)]
    public async Task Jobs_tell_refused_credentials_from_denied_access_too(string code, int exitCode)
    {
        await using var server = new RefusingServer(HttpStatusCode.Forbidden, code);

        var end = await RunAsync(["--aipid=some"], """{"files":[{"source":"a.txt"}]}""", ("AWS_ENDPOINT_URL_S3", server.Url));

        Assert.Equal(exitCode, end.ExitCode);
    }

    [Fact]
    public async Task A_source_that_may_not_be_listed_is_no_failure()
    {
        await using var server = new RefusingServer(HttpStatusCode.Forbidden, "AccessDenied");

        var end = await CheckAsync(("AWS_ENDPOINT_URL_S3", server.Url), ("S3_DESTINATION_BUCKET", "./archives"));

        Assert.Equal(0, end.ExitCode);
        Assert.Contains("is not known", end.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_endpoint_that_does_not_answer_is_69_in_time(bool listens)
    {
        using var silent = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (listens)
            silent.Listen();
        var clock = Stopwatch.StartNew();

        var end = await CheckAsync(("AWS_ENDPOINT_URL_S3", $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndPoint!).Port}"));

        Assert.Equal(69, end.ExitCode);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(25));
    }

    [Theory]
    [InlineData(FaultKind.NotImplemented, 0, "is not known")]
    [InlineData(FaultKind.InternalError, 0, "is not known")]
    [InlineData(FaultKind.AccessDenied, 77, "access denied")]
    [InlineData(FaultKind.SlowDown, 69, "UNAVAILABLE")]
    public async Task An_odd_answer_about_writing_is_no_verdict_and_a_refusal_is(FaultKind answer, int exitCode, string said)
    {
        await using var proxy = await s3.StartProxyAsync();
        proxy.Faults.Add(new Fault(answer) { Operations = ["UploadPart"] });

        var end = await CheckAsync(("AWS_ENDPOINT_URL_S3", proxy.Url.ToString()));

        Assert.Equal(exitCode, end.ExitCode);
        Assert.Contains(said, end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_to_be_made_is_not_made_yet()
    {
        _folder.Folder("sources");

        var end = await CheckAsync(("S3_SOURCE_BUCKET", _folder["sources"]), ("S3_DESTINATION_BUCKET", _folder["archives/deep"]));

        Assert.Equal(0, end.ExitCode);
        Assert.Equal([_folder["sources"]], Directory.GetFileSystemEntries(_folder.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }));
    }

    private Task<ProgramEnd> CheckAsync(params (string Name, string? Value)[] settings) => RunAsync(["--check"], "", settings);

    private Task<ProgramEnd> RunAsync(string[] arguments, string input, params (string Name, string? Value)[] settings)
    {
        var environment = new Dictionary<string, string?>(Endpoints.ProcessEnvironment)
        {
            ["S3_SOURCE_BUCKET"] = $"s3://{s3.Bucket}/sources",
            ["S3_DESTINATION_BUCKET"] = $"s3://{s3.Bucket}/archives",
        };
        foreach (var (name, value) in settings)
            environment[name] = value;
        return ProgramUnderTest.RunAsync(Repository.Processor, arguments, _folder.Path, environment, input);
    }
}
