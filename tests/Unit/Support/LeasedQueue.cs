using System.Threading.Channels;
using Archiver.Queues;

namespace Archiver.Tests.Support;

/// <summary>A queue of which only the visibility of messages is of interest.</summary>
public sealed class LeasedQueue : PartialQueue
{
    private readonly Channel<IReadOnlyCollection<VisibilityChange>> _changes = Channel.CreateUnbounded<IReadOnlyCollection<VisibilityChange>>();

    /// <summary>Answers the next changes of visibility.</summary>
    public Func<IReadOnlyCollection<VisibilityChange>, Task<IReadOnlyList<HandleFailure>>> Answer { get; set; } = static _ => Task.FromResult<IReadOnlyList<HandleFailure>>([]);

    public bool HangsUntilCancelled { get; set; }

    public int Changes => _changes.Reader.Count;

    /// <summary>Waits for a change of visibility.</summary>
    public Task<IReadOnlyCollection<VisibilityChange>> NextChangeAsync() =>
        _changes.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WithPatience();

    public override async Task<IReadOnlyList<HandleFailure>> ChangeVisibilityAsync(IReadOnlyCollection<VisibilityChange> changes, CancellationToken cancellationToken)
    {
        await _changes.Writer.WriteAsync(changes, cancellationToken);
        if (HangsUntilCancelled)
            await Task.Delay(Timeout.Infinite, cancellationToken);
        return await Answer(changes);
    }
}
