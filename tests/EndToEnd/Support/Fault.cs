using Microsoft.AspNetCore.Http;

namespace Archiver.EndToEnd.Support;

/// <summary>What can go wrong between a client and its server.</summary>
public enum FaultKind
{
    /// <summary>500 InternalError, without asking the server.</summary>
    InternalError,

    /// <summary>503 SlowDown, without asking the server.</summary>
    SlowDown,

    /// <summary>429, without asking the server.</summary>
    TooManyRequests,

    /// <summary>403, without asking the server.</summary>
    AccessDenied,

    /// <summary>501, without asking the server.</summary>
    NotImplemented,

    /// <summary>200 with an error for a body, as CompleteMultipartUpload, CopyObject and UploadPartCopy may answer.</summary>
    ErrorInOkAnswer,

    /// <summary>
    /// The connection breaks before the server has seen the request. HttpClient itself, below the SDK and its retries,
    /// repeats a request without a body up to ten times when that happens.
    /// </summary>
    Reset,

    /// <summary>The server does what was asked, and the connection breaks before its answer.</summary>
    AnswerLost,

    /// <summary>The connection breaks halfway through the body: the request's if it has one, else the answer's.</summary>
    CutShort,

    /// <summary>All goes well, but later.</summary>
    Delay,

    /// <summary>The request is served at once, and its answer comes late.</summary>
    LateAnswer,

    /// <summary>The checksums in the answer are wrong.</summary>
    WrongChecksum,
}

/// <summary>A rule by which requests fail.</summary>
public sealed record Fault(FaultKind Kind)
{
    /// <summary>The share of matching requests that fail.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>Names as in <see cref="S3Operation"/>; none means all.</summary>
    public IReadOnlyCollection<string> Operations { get; init; } = [];

    public Func<HttpRequest, bool> When { get; init; } = _ => true;

    /// <summary>So many matching requests are let through first.</summary>
    public int After { get; init; }

    /// <summary>At most so many requests fail.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>For <see cref="FaultKind.Delay"/> and <see cref="FaultKind.LateAnswer"/>; <see cref="Timeout.InfiniteTimeSpan"/> holds until the client gives up.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(200);
}
