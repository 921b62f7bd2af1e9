using Archiver.Queues;

namespace Archiver.Tests.Support;

/// <summary>A queue of which only deletions are of interest.</summary>
public sealed class DeletingQueue : PartialQueue
{
    private readonly List<IReadOnlyCollection<string>> _calls = [];

    public Func<IReadOnlyCollection<string>, IReadOnlyList<HandleFailure>> Answer { get; set; } = static _ => [];

    public IReadOnlyList<IReadOnlyCollection<string>> Calls => _calls;

    public override Task<IReadOnlyList<HandleFailure>> DeleteAsync(IReadOnlyCollection<string> receiptHandles, CancellationToken cancellationToken)
    {
        _calls.Add([.. receiptHandles]);
        return Task.FromResult(Answer(receiptHandles));
    }
}
