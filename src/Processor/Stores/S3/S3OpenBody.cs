namespace Archiver.Processor.Stores.S3;

/// <summary>A response whose body is still being received.</summary>
internal sealed class S3OpenBody(HttpResponseMessage answer, string etag, long length, TimeSpan stallTimeout) : IDisposable
{
    private Stream? _stream;

    /// <summary>The version that is being read.</summary>
    public string ETag { get; } = etag;

    /// <summary>Bytes still to come.</summary>
    public long Left { get; private set; } = length;

    public async Task<int> ReadAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        if (target.IsEmpty)
            return 0;
        using var stall = new StallGuard(stallTimeout, cancellationToken);
        try
        {
            _stream ??= await answer.Content.ReadAsStreamAsync(stall.Token).ConfigureAwait(false);
            var read = await _stream.ReadAsync(target[..(int)Math.Min(target.Length, Left)], stall.Token).ConfigureAwait(false);
            if (read == 0)
                throw new IOException($"the body ended {Left} bytes early");
            Left -= read;
            return read;
        }
        catch (OperationCanceledException) when (stall.HasStalled)
        {
            throw new TimeoutException($"no data arrived for {stallTimeout.TotalSeconds} s");
        }
    }

    public void Dispose() => answer.Dispose();
}
