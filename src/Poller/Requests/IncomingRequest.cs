using System.Text.Json;
using Archiver.Contract.Boundary;
using Archiver.Queues;

namespace Archiver.Poller.Requests;

/// <summary>A message and the request in it, which an envelope may have held. Its body is parsed here, and nowhere else.</summary>
/// <param name="Arrival">The message, as received and as it was sent.</param>
/// <param name="Content">The request: its body is what a processor gets.</param>
/// <param name="AipId">What it is about; the message id where it names no package.</param>
/// <param name="Echo">What its completion repeats.</param>
internal sealed record IncomingRequest(Arrival Arrival, SentMessage Content, string AipId, RequestEcho Echo)
{
    /// <summary>Why it is not worked on; null as long as nothing is found.</summary>
    public RequestProblem? Problem { get; private init; }

    /// <summary>
    /// The body of the message, and of the request in it; only until it is <see cref="Checked"/>, for it takes more memory than the text.
    /// </summary>
    public (JsonElement? Message, JsonElement? Request) Json { get; private init; }

    public static IncomingRequest Read(ReceivedMessage message)
    {
        var arrival = Arrival.Of(message);
        var outer = ParsedBody.Of(arrival.Original.Body);
        var (content, body, problem) = Envelope.Open(arrival.Original, outer);
        var echo = RequestEcho.Of(body.Json);
        var aipId = Contract.Messages.AipId.IsValid(echo.AipId) ? echo.AipId! : content.MessageId;
        return new IncomingRequest(arrival, content, aipId, echo)
        {
            Problem = problem is null ? null : new RequestProblem(ExitCode.DataError, problem),
            Json = (outer.Json, body.Json),
        };
    }

    public IncomingRequest With(IReadOnlyDictionary<string, MessageAttribute> attributes) =>
        this with { Content = Content with { Attributes = attributes } };

    public IncomingRequest Checked(RequestProblem? problem) => this with { Problem = problem, Json = default };
}
