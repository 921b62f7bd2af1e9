using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Web;
using Amazon.Runtime;

namespace Archiver.EndToEnd.Support;

/// <summary>
/// Hands out the same credentials to everyone who assumes a role, or refuses; to GET as the agent of ECS does.
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html, https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html,
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
/// </summary>
public sealed class CredentialsServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly ImmutableCredentials? _credentials;
    private readonly (HttpStatusCode Status, string Code)? _refusal;
    private readonly Task _loop;

    private CredentialsServer(ImmutableCredentials? credentials, (HttpStatusCode Status, string Code)? refusal)
    {
        (_listener, Url) = LocalListener.Start();
        (_credentials, _refusal) = (credentials, refusal);
        _loop = ServeAsync();
    }

    public string Url { get; }

    private static string End => DateTime.UtcNow.AddHours(1).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>The parameters of each call.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Calls { get; } = new();

    /// <summary>The access key that signed each call, empty when none did.</summary>
    public ConcurrentQueue<string> Signers { get; } = new();

    public static CredentialsServer Giving(ImmutableCredentials credentials) => new(credentials, null);

    public static CredentialsServer Refusing(HttpStatusCode status, string code) => new(null, (status, code));

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _loop;
    }

    private async Task ServeAsync()
    {
        while (await LocalListener.NextAsync(_listener) is { } context)
        {
            using var response = context.Response;
            var call = await ReadAsync(context.Request);
            Calls.Enqueue(call);
            Signers.Enqueue(context.Request.Headers["Authorization"]?.Split("Credential=")[1].Split('/')[0] ?? "");
            response.StatusCode = (int)(_refusal?.Status ?? HttpStatusCode.OK);
            await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(call.TryGetValue("Action", out var action) ? Answer(action) : AnswerOfAgent()));
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>> ReadAsync(HttpListenerRequest request)
    {
        using var reader = new StreamReader(request.InputStream);
        var form = HttpUtility.ParseQueryString(await reader.ReadToEndAsync());
        return form.AllKeys.ToDictionary(static name => name!, name => form[name]!);
    }

    private string AnswerOfAgent() => JsonSerializer.Serialize(new { AccessKeyId = _credentials!.AccessKey, SecretAccessKey = _credentials.SecretKey, Token = "some-token", Expiration = End });

    private string Answer(string action) => _refusal is { } refusal
        ? $"<ErrorResponse><Error><Type>Sender</Type><Code>{refusal.Code}</Code><Message>no</Message></Error></ErrorResponse>"
        : $"""
           <{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result><Credentials>
           <AccessKeyId>{_credentials!.AccessKey}</AccessKeyId><SecretAccessKey>{_credentials.SecretKey}</SecretAccessKey><SessionToken>some-token</SessionToken>
           <Expiration>{End}</Expiration>
           </Credentials></{action}Result></{action}Response>
           """;
}
