using System.Security.Cryptography;
using System.Text;

namespace Archiver.Tests.Support;

/// <summary>
/// Signs a request as S3 does, from what was sent and nothing else: the path is taken as it is.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html and sigv4-query-string-auth.html
/// </summary>
internal static class SignatureV4
{
    public static bool IsValid(ScriptedRequest request, string secret) => request.Headers.TryGetValue("Authorization", out var authorization)
        ? Field(authorization, "Signature=") == Sign(
            request, Field(authorization, "Credential="), Field(authorization, "SignedHeaders="), request.Headers["X-Amz-Date"], request.Headers["X-Amz-Content-SHA256"], request.Query, secret)
        : request.Query["X-Amz-Signature"] == Sign(
            request, Uri.UnescapeDataString(request.Query["X-Amz-Credential"]), Uri.UnescapeDataString(request.Query["X-Amz-SignedHeaders"]), request.Query["X-Amz-Date"],
            "UNSIGNED-PAYLOAD", request.Query.Where(static pair => pair.Key != "X-Amz-Signature").ToDictionary(), secret);

    private static string Field(string authorization, string name)
    {
        var start = authorization.IndexOf(name, StringComparison.Ordinal) + name.Length;
        return authorization[start..].Split(',')[0].Trim();
    }

    private static string Sign(
        ScriptedRequest request, string credential, string signedHeaders, string time, string payload, IReadOnlyDictionary<string, string> query, string secret)
    {
        var scope = credential.Split('/', 2)[1];
        var canonical = string.Join('\n',
            request.Method,
            request.Path,
            string.Join('&', query.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value}")),
            string.Concat(signedHeaders.Split(';').Select(name => $"{name}:{request.Headers[name].Trim()}\n")),
            signedHeaders,
            payload);
        var text = string.Join('\n', "AWS4-HMAC-SHA256", time, scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secret), static (last, part) => HMACSHA256.HashData(last, Encoding.UTF8.GetBytes(part)));
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
