using System.Security.Authentication;

namespace Archiver.Processor.Stores.S3;

/// <summary>What keeps a request from its answer, in words that say what to do.</summary>
internal static class ConnectionProblem
{
    public static string Describe(Exception error) => Kind(error) switch
    {
        HttpRequestError.NameResolutionError => $"the endpoint's name is not known ({Reason(error)}); check the endpoint, and DNS",
        HttpRequestError.SecureConnectionError => Secure(error),
        HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded =>
            $"the answer is not that of an S3 server ({Reason(error)}); check the endpoint, and what stands before it",
        HttpRequestError.ResponseEnded => $"the connection broke before the answer's end ({Reason(error)})",
        HttpRequestError.ProxyTunnelError => $"the proxy refuses the connection ({Reason(error)}); check HTTP_PROXY and HTTPS_PROXY",
        _ => $"the endpoint cannot be reached: {Reason(error)}",
    };

    private static string Secure(Exception error) => error switch
    {
        // Its own text names what is wrong with the certificate; what is below says less.
        _ when Find<AuthenticationException>(error) is { } refused && refused.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase) =>
            $"the endpoint's certificate is not trusted ({Text(refused)}); add its authority to this machine's, or name it in SSL_CERT_FILE",
        _ => $"the endpoint speaks no TLS that this machine knows ({Reason(error)}); check whether it is http or https",
    };

    private static HttpRequestError? Kind(Exception error) => Find<HttpRequestException>(error)?.HttpRequestError ?? Find<HttpIOException>(error)?.HttpRequestError;

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
