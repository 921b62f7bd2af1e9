using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Archiver.EndToEnd.Support;

/// <summary>Carries a fault out.</summary>
internal static class FaultyAnswer
{
    public static async Task GiveAsync(HttpContext context, Fault fault, Func<Task> serve)
    {
        switch (fault.Kind)
        {
            case FaultKind.InternalError:
                await ErrorAnswer.WriteAsync(context, 500, "InternalError", "We encountered an internal error. Please try again.");
                break;
            case FaultKind.SlowDown:
                await ErrorAnswer.WriteAsync(context, 503, "SlowDown", "Please reduce your request rate.");
                break;
            case FaultKind.TooManyRequests:
                await ErrorAnswer.WriteAsync(context, 429, "TooManyRequests", "Please reduce your request rate.");
                break;
            case FaultKind.AccessDenied:
                await ErrorAnswer.WriteAsync(context, 403, "AccessDenied", "Access Denied");
                break;
            case FaultKind.NotImplemented:
                await ErrorAnswer.WriteAsync(context, 501, "NotImplemented", "A header you provided implies functionality that is not implemented.");
                break;
            case FaultKind.ErrorInOkAnswer:
                await ErrorAnswer.WriteAsync(context, 200, "InternalError", "We encountered an internal error. Please try again.");
                break;
            case FaultKind.Reset:
                context.Abort();
                break;
            case FaultKind.AnswerLost:
                context.Response.Body = Stream.Null;
                await serve();
                context.Abort();
                break;
            case FaultKind.CutShort when context.Request.ContentLength > 0:
                await ReadHalfAsync(context.Request);
                context.Abort();
                break;
            case FaultKind.CutShort:
                context.Response.Body = new CutResponseBody(context.Response.Body, context);
                await serve();
                // An answer without a body cannot be cut in half.
                context.Abort();
                break;
            case FaultKind.Delay:
                await Task.Delay(fault.Delay, context.RequestAborted);
                await serve();
                break;
            case FaultKind.LateAnswer:
                await AnswerLateAsync(context, fault.Delay, serve);
                break;
            case FaultKind.WrongChecksum:
                AwsBehaviours.SpoilChecksums(context);
                await serve();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, null);
        }
    }

    // Nor is the request given up when the client gives up: what it asks for is done.
    private static async Task AnswerLateAsync(HttpContext context, TimeSpan delay, Func<Task> serve)
    {
        var (answer, body) = (new MemoryStream(), context.Response.Body);
        context.Response.Body = answer;
        await serve();
        await Task.Delay(delay, CancellationToken.None);
        await body.WriteAsync(answer.ToArray(), context.RequestAborted);
    }

    private static async Task ReadHalfAsync(HttpRequest request)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        for (var left = request.ContentLength!.Value / 2; left > 0;)
        {
            var read = await request.Body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)));
            if (read == 0)
                break;
            left -= read;
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }
}
