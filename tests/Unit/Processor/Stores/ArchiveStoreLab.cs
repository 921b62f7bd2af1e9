using Archiver.Processor.Stores;

namespace Archiver.Tests.Processor.Stores;

/// <summary>Where the contract tests put their archives.</summary>
public abstract class ArchiveStoreLab : IAsyncDisposable
{
    /// <summary>What is stored below this is the store's own; nothing at first.</summary>
    internal abstract IArchiveStore Store { get; }

    /// <summary>A store that cannot be there.</summary>
    internal abstract IArchiveStore Nowhere { get; }

    /// <summary>The bytes of an archive, found without the store.</summary>
    /// <returns>Null when there is none.</returns>
    public abstract Task<byte[]?> GetAsync(string archiveKey);

    /// <summary>Leaves behind what a process leaves that is killed while it stores an archive.</summary>
    public abstract Task LeaveUnfinishedAsync(string archiveKey);

    /// <summary>How much there is beside whole archives.</summary>
    public abstract Task<int> CountUnfinishedAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Puts an object that the store might copy from.</summary>
    /// <returns>Null where it could never do that.</returns>
    internal virtual Task<SourceObject?> PutSourceAsync(byte[] content) => Task.FromResult<SourceObject?>(null);
}
