using System.Collections.Concurrent;

namespace Archiver.Processor.Parts;

/// <summary>The memory budget: a fixed number of buffers of one size, allocated when first needed and then reused.</summary>
internal sealed class BufferPool(int size, int count) : IDisposable
{
    private readonly SemaphoreSlim _free = new(count);
    private readonly ConcurrentBag<byte[]> _returned = [];

    /// <summary>Waits for a buffer. Callers are served in the order in which they asked, which the executor relies on.</summary>
    public async Task<byte[]> RentAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        return _returned.TryTake(out var buffer) ? buffer : GC.AllocateUninitializedArray<byte>(size);
    }

    public void Return(byte[] buffer)
    {
        _returned.Add(buffer);
        _free.Release();
    }

    public void Dispose() => _free.Dispose();
}
