using System.Security.Authentication;

namespace Archiver.Processor.Stores.S3;

/// <summary>Says why a request got no response, and what to do about it.</summary>
internal static class ConnectionProblem
{
    public static string Describe(Exception error) => Kind(error) switch
    {
        HttpRequestError.NameResolutionError => $"the endpoint's name cannot be resolved ({Reason(error)}); check the endpoint and DNS",
        HttpRequestError.SecureConnectionError => Secure(error),
        HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded =>
            $"the answer is not from an S3 server ({Reason(error)}); check the endpoint and any proxy in front of it",
        HttpRequestError.ResponseEnded => $"the connection broke before the response was complete ({Reason(error)})",
        HttpRequestError.ProxyTunnelError => $"the proxy refused the connection ({Reason(error)}); check HTTP_PROXY and HTTPS_PROXY",
        _ => $"the endpoint cannot be reached: {Reason(error)}",
    };

    private static string Secure(Exception error) => error switch
    {
        // This message says what is wrong with the certificate; inner exceptions say less.
        _ when Find<AuthenticationException>(error) is { } refused
            && refused.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase) =>
            $"the endpoint's certificate is not trusted ({Text(refused)}); "
                + "add its authority to those this machine trusts, or set SSL_CERT_FILE",
        _ => $"the TLS handshake with the endpoint failed ({Reason(error)}); check whether it is http or https",
    };

    private static HttpRequestError? Kind(Exception error) =>
        Find<HttpRequestException>(error)?.HttpRequestError ?? Find<HttpIOException>(error)?.HttpRequestError;

    private static T? Find<T>(Exception error)
        where T : Exception
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
            if (cause is T found)
                return found;
        return null;
    }

    private static string Reason(Exception error) => Text(error.GetBaseException());

    private static string Text(Exception error) => error.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
