using System.Net;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.Engine;

/// <summary>Credentials that the processor does not get but fetches.</summary>
public sealed class CredentialsTests(S3Fixture s3) : IClassFixture<S3Fixture>, IDisposable
{
    private const string Role = "arn:aws:iam::123456789012:role/archiver-processor";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_role_is_assumed_with_the_credentials_of_its_own()
    {
        await using var server = CredentialsServer.Giving(Endpoints.Credentials!.GetCredentials());

        var end = await ArchiveAsync(server, ("S3_ROLE_ARN", Role), ("AWS_ACCESS_KEY_ID", "of-the-poller"), ("AWS_SECRET_ACCESS_KEY", "some-secret"));

        Assert.True(end.ExitCode == 0, end.Log.Text);
        var call = Assert.Single(server.Calls);
        Assert.Equal(("AssumeRole", Role), (call["Action"], call["RoleArn"]));
        Assert.Equal("of-the-poller", Assert.Single(server.Signers));
    }

    [Fact]
    public async Task Web_identity_as_in_Kubernetes()
    {
        await using var server = CredentialsServer.Giving(Endpoints.Credentials!.GetCredentials());

        var end = await ArchiveAsync(server, ("AWS_ROLE_ARN", Role), ("AWS_WEB_IDENTITY_TOKEN_FILE", _folder.Put("token", "some-web-identity")), ("AWS_ACCESS_KEY_ID", null), ("AWS_SECRET_ACCESS_KEY", null));

        Assert.True(end.ExitCode == 0, end.Log.Text);
        var call = Assert.Single(server.Calls);
        Assert.Equal(("AssumeRoleWithWebIdentity", Role, "some-web-identity"), (call["Action"], call["RoleArn"], call["WebIdentityToken"]));
    }

    [Fact]
    public async Task A_container_role_as_in_ECS()
    {
        await using var server = CredentialsServer.Giving(Endpoints.Credentials!.GetCredentials());

        var end = await ArchiveAsync(server, ("AWS_CONTAINER_CREDENTIALS_FULL_URI", server.Url + "/role"), ("AWS_ACCESS_KEY_ID", null), ("AWS_SECRET_ACCESS_KEY", null));

        Assert.True(end.ExitCode == 0, end.Log.Text);
        Assert.Single(server.Calls);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "AccessDenied", 77, $"The role {Role}: access denied")]
    [InlineData(HttpStatusCode.Forbidden, "ExpiredToken", 78, $"The role {Role}: the credentials have expired")]
    [InlineData(HttpStatusCode.BadRequest, "ValidationError", 78, $"S3_ROLE_ARN {Role} cannot be assumed")]
    public async Task A_role_that_cannot_be_assumed_is_named(HttpStatusCode status, string code, int exitCode, string said)
    {
        await using var server = CredentialsServer.Refusing(status, code);

        var end = await ArchiveAsync(server, ("S3_ROLE_ARN", Role));

        Assert.Equal(exitCode, end.ExitCode);
        Assert.Contains(said, end.Output, StringComparison.Ordinal);
    }

    private async Task<ProgramEnd> ArchiveAsync(CredentialsServer server, params (string Name, string? Value)[] settings)
    {
        await s3.PutAsync("sources/some/a.txt", "text");
        var environment = new Dictionary<string, string?>(Endpoints.ProcessEnvironment)
        {
            ["AWS_ENDPOINT_URL"] = server.Url,
            ["AWS_ENDPOINT_URL_S3"] = Endpoints.S3Url.ToString(),
            ["S3_SOURCE_BUCKET"] = $"s3://{s3.Bucket}/sources",
            ["S3_DESTINATION_BUCKET"] = $"s3://{s3.Bucket}/archives",
            ["AWS_SESSION_TOKEN"] = null,
        };
        foreach (var (name, value) in settings)
            environment[name] = value;
        return await ProgramUnderTest.RunAsync(Repository.Processor, ["--aipid=some"], _folder.Path, environment, """{"aipid":"some"}""");
    }
}
