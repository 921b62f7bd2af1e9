using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Web;
using Amazon.Runtime;

namespace Archiver.EndToEnd.Support;

/// <summary>
/// Hands out the same credentials to everyone who assumes a role, or refuses.
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html, https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
/// </summary>
public sealed class StsServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly ImmutableCredentials? _credentials;
    private readonly Task _loop;

    /// <param name="credentials">What is handed out; null: access is denied.</param>
    public StsServer(ImmutableCredentials? credentials)
    {
        (_listener, Url) = LocalListener.Start();
        _credentials = credentials;
        _loop = ServeAsync();
    }

    public string Url { get; }

    /// <summary>The parameters of each call.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Calls { get; } = new();

    /// <summary>The access key that signed each call, empty when none did.</summary>
    public ConcurrentQueue<string> Signers { get; } = new();

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
            using var reader = new StreamReader(context.Request.InputStream);
            var form = HttpUtility.ParseQueryString(await reader.ReadToEndAsync());
            var call = form.AllKeys.ToDictionary(static name => name!, name => form[name]!);
            Calls.Enqueue(call);
            Signers.Enqueue(context.Request.Headers["Authorization"]?.Split("Credential=")[1].Split('/')[0] ?? "");
            (response.StatusCode, response.ContentType) = (_credentials is null ? 403 : 200, "text/xml");
            await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Answer(call["Action"])));
        }
    }

    private string Answer(string action) => _credentials is null
        ? "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"
        : $"""
           <{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result><Credentials>
           <AccessKeyId>{_credentials.AccessKey}</AccessKeyId><SecretAccessKey>{_credentials.SecretKey}</SecretAccessKey><SessionToken>some-token</SessionToken>
           <Expiration>{DateTime.UtcNow.AddHours(1).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}</Expiration>
           </Credentials></{action}Result></{action}Response>
           """;
}
