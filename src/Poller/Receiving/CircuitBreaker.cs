using System.Collections.Immutable;

namespace Archiver.Poller.Receiving;

/// <summary>Whether messages are received.</summary>
internal enum BreakerState
{
    /// <summary>As many as there are free slots.</summary>
    Closed,

    /// <summary>None: a pause.</summary>
    Open,

    /// <summary>A few, to see whether the pause has helped.</summary>
    HalfOpen,
}

/// <summary>What a check of the processor says.</summary>
internal enum CheckVerdict
{
    /// <summary>Messages can be worked on.</summary>
    Fine,

    /// <summary>No message can be worked on.</summary>
    Bad,

    /// <summary>Nothing: the program at <c>Processor:Path</c> knows no check.</summary>
    Unknown,
}

/// <summary>
/// Tells one message's failure from one that would hit them all. Open is what a check confirms, or what several different messages suffer
/// with no success in between. The second is only a guess, which a sender can bring about: it pauses for less time, tries more messages after each pause,
/// ends with the first success, and needs twice as many failures the next time when it was wrong.
/// </summary>
internal sealed record CircuitBreaker
{
    private const int FewestMessages = 3;
    private const int MostMessages = 48;
    private const int MostTrials = 10;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestGuess = TimeSpan.FromSeconds(5);

    // What a single failing message may cost the others: one check in so much time.
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    private ImmutableHashSet<string> _failed = [];
    private DateTimeOffset? _checked;
    private DateTimeOffset _wrong;
    private int _limit = FewestMessages;
    private CheckVerdict _verdict = CheckVerdict.Unknown;

    public BreakerState State { get; private init; }

    /// <summary>How often it has opened since the last success.</summary>
    public int Openings { get; private init; }

    /// <summary>Whether a check says that no message can be worked on.</summary>
    public bool IsConfirmed => State == BreakerState.Open && _verdict == CheckVerdict.Bad;

    /// <summary>How long an open one stays so.</summary>
    public TimeSpan Pause
    {
        get
        {
            var pause = FirstPause * Math.Pow(2, Math.Clamp(Openings - 1, 0, 20));
            var longest = _verdict == CheckVerdict.Fine ? LongestGuess : LongestPause;
            return pause < longest ? pause : longest;
        }
    }

    /// <summary>How many messages a half-open one lets in at once.</summary>
    public int Trials => _verdict == CheckVerdict.Fine ? (int)Math.Min(Math.Pow(2, Openings), MostTrials) : 1;

    /// <summary>Whether to check before the next receive.</summary>
    public bool WantsCheck(DateTimeOffset now) => State == BreakerState.Closed
        && (_checked is not { } last || _failed.Count >= _limit || (_failed.Count > 0 && now - last >= CheckInterval));

    /// <summary>Something other than a message makes a check worth its while.</summary>
    public CircuitBreaker Doubted() => State == BreakerState.Closed ? this with { _checked = null } : this;

    public CircuitBreaker Checked(CheckVerdict verdict, DateTimeOffset now)
    {
        var next = this with { _checked = now, _verdict = verdict };
        return verdict == CheckVerdict.Bad || _failed.Count >= _limit ? next.Opened() : next;
    }

    /// <summary>A message failed in a way in which others may fail too.</summary>
    public CircuitBreaker Failed(string messageId) => State switch
    {
        BreakerState.Closed => this with { _failed = _failed.Add(messageId) },
        BreakerState.HalfOpen => Opened(),
        // It was received before the pause, and says nothing new.
        _ => this,
    };

    /// <summary>A message was archived and its sender was told.</summary>
    public CircuitBreaker Succeeded(DateTimeOffset now)
    {
        // What began before an outage may end well in the midst of it.
        if (IsConfirmed)
            return this;
        var wasWrong = State != BreakerState.Closed;
        return this with
        {
            State = BreakerState.Closed,
            Openings = 0,
            _failed = [],
            _limit = wasWrong ? Math.Min(2 * _limit, MostMessages) : now - _wrong >= Memory ? FewestMessages : _limit,
            _wrong = wasWrong ? now : _wrong,
        };
    }

    /// <summary>The messages let in on trial have worked for so long that they do not fail as others did.</summary>
    public CircuitBreaker Survived() => State == BreakerState.HalfOpen ? this with { State = BreakerState.Closed } : this;

    /// <summary>The pause is over: a check says how things are, and where it cannot, a message.</summary>
    public CircuitBreaker PauseEnded() =>
        State != BreakerState.Open ? this
        : IsConfirmed ? this with { State = BreakerState.Closed, _checked = null }
        : this with { State = BreakerState.HalfOpen };

    private CircuitBreaker Opened() => this with { State = BreakerState.Open, Openings = Openings + 1, _failed = [] };
}
