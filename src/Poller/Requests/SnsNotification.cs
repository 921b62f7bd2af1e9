using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Archiver.Poller.Requests;

/// <summary>
/// A notification of SNS as it signs it.
/// Source: https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
/// </summary>
internal sealed partial record SnsNotification(string TopicArn, Uri CertificateUrl, bool IsSha256, ReadOnlyMemory<byte> Signed,
    ReadOnlyMemory<byte> Signature)
{
    private const string NoNotification = "it is no notification of SNS";

    // In this order; SNS leaves the subject out where there is none.
    private static readonly string[] SignedNames = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];

    /// <returns>The notification, or what is wrong with it.</returns>
    public static (SnsNotification? Notification, string? Problem) Of(JsonElement? body)
    {
        try
        {
            return body is { } root ? Read(root) : (null, NoNotification);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException)
        {
            return (null, NoNotification);
        }
    }

    private static (SnsNotification? Notification, string? Problem) Read(JsonElement root)
    {
        // A body that is itself a request is not a notification, whatever else it contains.
        if (!Envelope.IsNotification(root) || Text(root, "TopicArn") is not { } topic)
            return (null, NoNotification);
        if (Text(root, "SignatureVersion") is not ("1" or "2"))
            return (null, "the version of its signature is unknown");
        if (!Uri.TryCreate(Text(root, "SigningCertURL"), UriKind.Absolute, out var url) || !IsOfSns(url))
            return (null, "its certificate is not from SNS");
        var signed = string.Concat(SignedNames.Select(name => (name, Value: Text(root, name))).Where(static part => part.Value is not null)
            .Select(static part => $"{part.name}\n{part.Value}\n"));
        return (new SnsNotification(topic, url, Text(root, "SignatureVersion") == "2", Encoding.UTF8.GetBytes(signed),
            Convert.FromBase64String(Text(root, "Signature") ?? "")), null);
    }

    // Customers of other AWS services can publish files on Amazon hosts; those must not pass for certificates.
    private static bool IsOfSns(Uri url) =>
        url is { Scheme: "https", IsDefaultPort: true, UserInfo: "", Query: "", Fragment: "" } && Host().IsMatch(url.Host)
            && CertificatePath().IsMatch(url.AbsolutePath);

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"\Asns\.[a-z0-9-]{3,30}\.amazonaws\.com(\.cn)?\z")]
    private static partial Regex Host();

    [GeneratedRegex(@"\A/[A-Za-z0-9-]{1,100}\.pem\z")]
    private static partial Regex CertificatePath();
}
