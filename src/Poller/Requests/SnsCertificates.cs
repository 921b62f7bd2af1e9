using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Poller.Requests;

/// <summary>The certificates of SNS, each fetched once.</summary>
/// <param name="fetch">Gets one by its URL, as PEM.</param>
internal sealed class SnsCertificates(Func<Uri, CancellationToken, Task<string>> fetch) : IDisposable
{
    private const int MostKept = 32;
    private const int LargestCertificate = 64 << 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Uri, X509Certificate2> _known = new();

    public static SnsCertificates OverHttp() => new(FetchAsync);

    /// <exception cref="ArchiverException">Exit code 69: it cannot be fetched now; 65: there is none.</exception>
    public async Task<X509Certificate2> GetAsync(Uri url, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(url, out var known))
            return known;
        var certificate = Read(await FetchAsync(url, fetch, cancellationToken).ConfigureAwait(false), url);
        // A sender may name as many as there are at SNS.
        if (_known.Count >= MostKept)
            _known.Clear();
        return _known.GetOrAdd(url, certificate);
    }

    public void Dispose()
    {
        foreach (var certificate in _known.Values)
            certificate.Dispose();
    }

    private static async Task<string> FetchAsync(Uri url, Func<Uri, CancellationToken, Task<string>> fetch,
        CancellationToken cancellationToken)
    {
        try
        {
            return await fetch(url, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException error) when (error.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            throw new ArchiverException(ExitCode.DataError, $"The notification's certificate {url} does not exist.", error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ArchiverException(ExitCode.Unavailable,
                $"The SNS certificate at {url} cannot be fetched: {error.GetBaseException().Message.ReplaceLineEndings(" ")}", error);
        }
    }

    private static X509Certificate2 Read(string pem, Uri url)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException error)
        {
            throw new ArchiverException(ExitCode.DataError, $"{url} is not a certificate.", error);
        }
    }

    private static async Task<string> FetchAsync(Uri url, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            Timeout = Patience,
            MaxResponseContentBufferSize = LargestCertificate,
        };
        return await http.GetStringAsync(url, cancellationToken).ConfigureAwait(false);
    }
}
