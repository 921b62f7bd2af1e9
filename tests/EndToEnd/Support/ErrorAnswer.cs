using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Archiver.EndToEnd.Support;

/// <summary>An error in the words of the API that was called: XML for S3, JSON for SQS.</summary>
internal static class ErrorAnswer
{
    public static async Task WriteAsync(HttpContext context, int status, string code, string message)
    {
        var isSqs = context.Request.Headers.ContainsKey("X-Amz-Target");
        var body = isSqs
            ? JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["__type"] = $"com.amazonaws.sqs#{code}", ["message"] = message })
            : Encoding.UTF8.GetBytes(
                $"""<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code><Message>{message}</Message><RequestId>proxy</RequestId></Error>""");
        context.Response.Clear();
        context.Response.StatusCode = status;
        context.Response.ContentType = isSqs ? "application/x-amz-json-1.0" : "application/xml";
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(body);
    }
}
