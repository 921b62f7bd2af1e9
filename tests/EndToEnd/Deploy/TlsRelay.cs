using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Archiver.EndToEnd.Deploy;

/// <summary>Puts TLS in front of a server, with a certificate that nobody trusts who was not given it.</summary>
internal sealed class TlsRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly Uri _server;
    private readonly Task _loop;

    public TlsRelay(Uri server)
    {
        _server = server;
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=archiver-test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        _listener.Start();
        _loop = AcceptAsync();
    }

    public string Url => $"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public string Certificate => _certificate.ExportCertificatePem();

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _loop;
        _certificate.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = RelayAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The end of the test.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        try
        {
            using var server = new TcpClient(_server.Host, _server.Port);
            using (client)
            {
                await using var secured = new SslStream(client.GetStream());
                await secured.AuthenticateAsServerAsync(_certificate);
                await Task.WhenAny(secured.CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(secured));
            }
        }
        catch (Exception error) when (error is IOException or System.Security.Authentication.AuthenticationException or SocketException or ObjectDisposedException)
        {
            // A client that does not trust the certificate, or is gone.
        }
    }
}
