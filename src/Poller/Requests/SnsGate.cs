using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Poller.Requests;

/// <summary>
/// Lets only those messages through that SNS has signed for one of the topics named. A signature alone says little: whoever has a topic of
/// their own gets valid ones.
/// </summary>
/// <param name="topics">ARNs; none: everything goes through.</param>
/// <param name="certificates">Those of SNS.</param>
internal sealed class SnsGate(IReadOnlyList<string> topics, SnsCertificates certificates, TimeProvider time)
{
    /// <param name="body">Of the message as it was sent; null when it is not JSON.</param>
    /// <returns>Why the message is not let through, with exit code 65, or 69 when that cannot be told now; null when it is.</returns>
    public async Task<RequestProblem?> FindProblemAsync(JsonElement? body, CancellationToken cancellationToken)
    {
        if (topics.Count == 0)
            return null;
        try
        {
            return await FindFaultAsync(body, cancellationToken).ConfigureAwait(false) is { } fault
                ? new RequestProblem(ExitCode.DataError,
                    $"The message is refused because {fault}; "
                    + "this poller accepts only signed notifications from the topics in Queue:SnsTopics.")
                : null;
        }
        catch (ArchiverException error)
        {
            return new RequestProblem(error.ExitCode, error.Message);
        }
    }

    private async Task<string?> FindFaultAsync(JsonElement? body, CancellationToken cancellationToken)
    {
        var (notification, problem) = SnsNotification.Of(body);
        if (notification is null)
            return problem;
        if (!topics.Contains(notification.TopicArn))
            return "its topic is another one";
        var certificate = await certificates.GetAsync(notification.CertificateUrl, cancellationToken).ConfigureAwait(false);
        if (time.GetUtcNow() is var now && (now < certificate.NotBefore || now > certificate.NotAfter))
            return "its certificate is not currently valid";
        return IsSigned(notification, certificate) ? null : "its signature is wrong";
    }

    private static bool IsSigned(SnsNotification notification, X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPublicKey();
#pragma warning disable CA5350 // Version 1 is SHA-1, and what topics use unless they are set to version 2.
        return key?.VerifyData(notification.Signed.Span, notification.Signature.Span,
            notification.IsSha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1) == true;
#pragma warning restore CA5350
    }
}
