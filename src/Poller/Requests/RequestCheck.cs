using System.Text.Json;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Poller.Telemetry;
using Archiver.Poller.Validation;

namespace Archiver.Poller.Requests;

/// <summary>Finds what keeps a request from being worked on: who sent it, its form, or the schema.</summary>
internal sealed class RequestCheck(SnsGate gate, IMessageValidator validator)
{
    /// <exception cref="OperationCanceledException">Stopped before the sender was known.</exception>
    public async Task<IncomingRequest> CheckAsync(IncomingRequest request, CancellationToken stop) =>
        request.Checked(
            await gate.FindProblemAsync(request.Json.Message, stop).ConfigureAwait(false)
            ?? request.Problem
            ?? Validate(request));

    private RequestProblem? Validate(IncomingRequest request)
    {
        using var phase = PollerSpans.Source.StartActivity("validate");
        if (FindProblem(request.Content.Body, request.Json.Request) is not { } problem)
            return null;
        PollerSpans.Fail(phase, ExitCode.NameOf(ExitCode.DataError), problem);
        return new RequestProblem(ExitCode.DataError, problem);
    }

    private string? FindProblem(string body, JsonElement? json)
    {
        try
        {
            // First the rules that the processor will hold it to anyway: they explain themselves best.
            Read(body, json);
            return validator.FindProblem(json!.Value) is { } problem ? $"The request does not meet the schema: {problem}." : null;
        }
        catch (ArchiverException error)
        {
            return error.Message;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A body that brings the validator down is as unusable as one that it refuses.
            return $"The request cannot be validated: {error.Message.ReplaceLineEndings(" ")}";
        }
    }

    private static void Read(string body, JsonElement? json)
    {
        try
        {
            if (json is { } parsed)
            {
                RequestReader.Parse(parsed);
                return;
            }
        }
        catch (ArchiverException error) when (error.InnerException is JsonException)
        {
            // Only the text tells the line and byte.
        }
        RequestReader.Parse(body);
    }
}
