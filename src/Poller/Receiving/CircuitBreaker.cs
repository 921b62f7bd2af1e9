using System.Collections.Immutable;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Retries;
using Archiver.Poller.Settling;

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

/// <summary>
/// Tells one message's failure from one that would hit them all. Open is what a check confirms, or what several different messages suffer
/// with no success in between. The second is only a guess, which a sender can bring about: it pauses for less time, tries more messages
/// after each pause, ends with the first success, and needs twice as many failures the next time when it was wrong.
/// </summary>
internal sealed record CircuitBreaker
{
    private const int FewestMessages = 3;
    private const int MostMessages = 48;
    private const int MostTrials = 10;

    private static readonly Backoff Pauses = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    private static readonly Backoff PausesOfGuesses = Pauses with { Longest = TimeSpan.FromSeconds(5) };

    private static readonly ArchiverException Guess = new(ExitCode.Unavailable,
        "several requests failed one after another, and none was archived in between; the lines \"Released\" tell why");

    // What a single failing message may cost the others: one check in so much time.
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    private ImmutableHashSet<string> _failed = [];
    private DateTimeOffset? _checked;
    private DateTimeOffset _wrong;
    private int _limit = FewestMessages;
    private BreakerEvent.Checked _found = new(CheckVerdict.Unknown);

    public BreakerState State { get; private init; }

    /// <summary>How often it has opened since the last success.</summary>
    public int Openings { get; private init; }

    /// <summary>Whether a check says that no message can be worked on.</summary>
    public bool IsConfirmed => State == BreakerState.Open && _found.Verdict == CheckVerdict.Bad;

    /// <summary>How long an open one stays so.</summary>
    public TimeSpan Pause => (_found.Verdict == CheckVerdict.Fine ? PausesOfGuesses : Pauses).After(Openings);

    /// <summary>How often it has ceased to be open.</summary>
    public int Period { get; private init; }

    /// <summary>How many messages a half-open one lets in at once.</summary>
    public int Trials => _found.Verdict == CheckVerdict.Fine ? (int)Math.Min(Math.Pow(2, Openings), MostTrials) : 1;

    /// <summary>Whether to check before the next receive.</summary>
    public bool WantsCheck(DateTimeOffset now) => State == BreakerState.Closed
        && (_checked is not { } last || _failed.Count >= _limit || (_failed.Count > 0 && now - last >= CheckInterval));

    public ReceiveAdvice Advise(DateTimeOffset now) =>
        State == BreakerState.Open ? new ReceiveAdvice.Wait(new Outage(_found.Problem ?? Guess, IsConfirmed, Openings, Pause))
        : WantsCheck(now) ? new ReceiveAdvice.Check()
        : new ReceiveAdvice.Receive(State == BreakerState.HalfOpen ? Trials : null);

    public CircuitBreaker After(BreakerEvent happened, DateTimeOffset now)
    {
        var next = happened switch
        {
            BreakerEvent.MessageEnded { Disposition.Kind: DispositionKind.Complete } => Succeeded(now),
            // What was received before a pause failed before it too, and says nothing of now.
            BreakerEvent.MessageEnded { Disposition.Outage: not OutageSign.None } ended when ended.Period == Period =>
                Failed(ended.MessageId),
            BreakerEvent.Checked found => Checked(found, now),
            BreakerEvent.MachineIsShort when State == BreakerState.Closed => this with { _checked = null },
            BreakerEvent.PauseEnded when State == BreakerState.Open => PauseEnded(),
            BreakerEvent.TrialSurvived when State == BreakerState.HalfOpen => this with { State = BreakerState.Closed },
            _ => this,
        };
        return State == BreakerState.Open && next.State != BreakerState.Open ? next with { Period = Period + 1 } : next;
    }

    private CircuitBreaker Checked(BreakerEvent.Checked found, DateTimeOffset now)
    {
        var next = this with { _checked = now, _found = found };
        return found.Verdict == CheckVerdict.Bad || _failed.Count >= _limit ? next.Opened() : next;
    }

    private CircuitBreaker Failed(string messageId) => State switch
    {
        BreakerState.Closed => this with { _failed = _failed.Add(messageId) },
        BreakerState.HalfOpen => Opened(),
        // It was received before the pause, and says nothing new.
        _ => this,
    };

    private CircuitBreaker Succeeded(DateTimeOffset now)
    {
        // A job that began before the outage may succeed during it.
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

    // A check says how things are, and where it cannot, a message.
    private CircuitBreaker PauseEnded() => IsConfirmed
        ? this with { State = BreakerState.Closed, _checked = null }
        : this with { State = BreakerState.HalfOpen };

    private CircuitBreaker Opened() => this with { State = BreakerState.Open, Openings = Openings + 1, _failed = [] };
}
