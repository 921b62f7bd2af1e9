using Archiver.Processor.Stores;

namespace Archiver.Tests.Processor.Stores;

/// <summary>Where the contract tests put their archives.</summary>
public abstract class ArchiveStoreLab : IAsyncDisposable
{
    /// <summary>The store under test, which is empty at first.</summary>
    internal abstract IArchiveStore Store { get; }

    /// <summary>A store whose location does not exist and cannot be created.</summary>
    internal abstract IArchiveStore Nowhere { get; }

    /// <summary>The bytes of an archive, read without the store.</summary>
    /// <returns>Null if there is none.</returns>
    public abstract Task<byte[]?> GetAsync(string archiveKey);

    /// <summary>Leaves behind what a process killed while storing an archive would.</summary>
    public abstract Task LeaveUnfinishedAsync(string archiveKey);

    /// <summary>The number of things stored besides whole archives.</summary>
    public abstract Task<int> CountUnfinishedAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Puts an object that the store might copy from.</summary>
    /// <returns>Null if it can never copy.</returns>
    internal virtual Task<SourceObject?> PutSourceAsync(byte[] content) => Task.FromResult<SourceObject?>(null);
}
