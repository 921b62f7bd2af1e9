using System.Text.Json;
using Archiver.Contract;
using Archiver.Contract.Messages;

namespace Archiver.Queues.Clients;

/// <summary>
/// An archive client without queues, for your own tests. It checks requests as the real one does, records them, and answers each one at
/// once with a completion: a success, unless <see cref="Answer"/> or <c>AnswerNext</c> says otherwise. It never waits.
/// </summary>
public sealed class MockArchiveClient : ArchiveClient
{
    private static readonly JsonElement NoMetadata = JsonElement.Parse("{}");

    private readonly Lock _gate = new();
    private readonly List<RecordedRequest> _requests = [];
    private readonly List<string> _deleted = [];
    private readonly Queue<Func<RecordedRequest, ArchiveCompletion?>> _script = new();
    private readonly Queue<ReceivedCompletion> _completions = new();

    /// <summary>Answers requests that have no scripted answer; if it returns null, the request stays unanswered.</summary>
    public Func<RecordedRequest, ArchiveCompletion?> Answer { get; set; } = Success;

    /// <summary>The requests so far, in order.</summary>
    public IReadOnlyList<RecordedRequest> Requests => Copy(_requests);

    /// <summary>The receipt handles of the completions deleted so far, in order.</summary>
    public IReadOnlyList<string> Deleted => Copy(_deleted);

    /// <summary>The completion of a request that succeeds.</summary>
    public static ArchiveCompletion Success(RecordedRequest request) => Completion(request) with
    {
        Success = true,
        Message = ArchiveCompletion.SuccessMessage,
        Substitutions = new Dictionary<string, string> { ["archiver_URL"] = $"https://archives.example/{request.MessageId}.zip" },
        Archive = new ArchiveDescription
        {
            Uri = $"s3://archives/{request.MessageId}.zip",
            Url = $"https://archives.example/{request.MessageId}.zip",
            Bytes = 22,
            Files = request.Request.Files?.Count ?? request.Request.FileNames?.Count ?? 1,
            Crc = "00000000",
        },
    };

    /// <summary>The completion of a request that fails with an exit code.</summary>
    /// <param name="request">The request.</param>
    /// <param name="exitCode">A code of <see cref="Contract.Boundary.ExitCode"/>, such as 66 for a missing source.</param>
    /// <param name="detail">One line that names what is wrong.</param>
    public static ArchiveCompletion Failure(RecordedRequest request, int exitCode, string detail) => Completion(request) with
    {
        Message = detail,
        Error = new FailureDescription(Contract.Boundary.ExitCode.NameOf(exitCode), exitCode, detail),
    };

    /// <summary>Scripts the answer to the next request that does not have one yet.</summary>
    public MockArchiveClient AnswerNext(Func<RecordedRequest, ArchiveCompletion?> answer)
    {
        lock (_gate)
            _script.Enqueue(answer);
        return this;
    }

    /// <summary>Scripts the answer to the next request that does not have one yet.</summary>
    public MockArchiveClient AnswerNext(ArchiveCompletion completion) => AnswerNext(_ => completion);

    /// <summary>Scripts that sending the next request fails, as when the queue cannot be reached.</summary>
    public MockArchiveClient FailNext(ArchiverException error) => AnswerNext(_ => throw error);

    /// <inheritdoc/>
    public override Task<ReceivedCompletion?> ReceiveCompletionAsync(TimeSpan wait, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
            return Task.FromResult(_completions.TryDequeue(out var completion) ? completion : null);
    }

    /// <inheritdoc/>
    public override Task DeleteMessageAsync(string receiptHandle, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
            _deleted.Add(receiptHandle);
        return Task.CompletedTask;
    }

    private protected override Task<string> SendAsync(
        CheckedRequest request, IReadOnlyDictionary<string, MessageAttribute> attributes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        MessageRules.Check(new OutgoingMessage(request.Body) { Attributes = attributes }, "of the mock client");
        var recorded = new RecordedRequest(Guid.NewGuid().ToString("D"), request.Request, attributes, request.Body);
        lock (_gate)
        {
            var answer = (_script.TryDequeue(out var scripted) ? scripted : Answer)(recorded);
            _requests.Add(recorded);
            if (answer is not null)
                _completions.Enqueue(Deliver(answer, recorded));
        }

        return Task.FromResult(recorded.MessageId);
    }

    private static ReceivedCompletion Deliver(ArchiveCompletion answer, RecordedRequest request) => CompletionReader.Read(new()
    {
        MessageId = Guid.NewGuid().ToString("D"),
        ReceiptHandle = $"receipt-{request.MessageId}",
        Body = JsonSerializer.Serialize(
            answer.Metadata.ValueKind == JsonValueKind.Undefined ? answer with { Metadata = NoMetadata } : answer,
            ContractJson.Strict.ArchiveCompletion),
        Attributes = request.Attributes,
    });

    private static ArchiveCompletion Completion(RecordedRequest request) => new()
    {
        AipId = request.Request.AipId ?? request.MessageId,
        RequestId = request.MessageId,
        FileNames = request.Request.FileNames,
        Timestamp = request.Request.Timestamp ?? "2000-01-01T00:00:00Z",
        Priority = request.Request.Priority ?? RequestPriority.Medium,
        Metadata = request.Request.Metadata ?? NoMetadata,
        Unknown = request.Request.Unknown,
    };

    private List<T> Copy<T>(List<T> items)
    {
        lock (_gate)
            return [.. items];
    }
}
