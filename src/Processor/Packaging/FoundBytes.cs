namespace Archiver.Processor.Packaging;

/// <summary>A range of an existing archive as a stream, in as few reads as the buffer allows.</summary>
/// <param name="read">Reads from an offset.</param>
/// <param name="start">The first byte.</param>
/// <param name="end">The end of the range, exclusive.</param>
/// <param name="bufferSize">The most bytes of one read.</param>
internal sealed class FoundBytes(Func<long, Memory<byte>, Task> read, long start, long end, int bufferSize) : Stream
{
    private readonly byte[] _buffer = new byte[Math.Min(bufferSize, end - start)];
    private long _position = start;
    private Memory<byte> _left;

    /// <summary>How many bytes can be read before the stream appears to end; set it to read on.</summary>
    public long Limit { get; set; } = end - start;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_left.IsEmpty && _position < end)
        {
            _left = _buffer.AsMemory(0, (int)Math.Min(_buffer.Length, end - _position));
            await read(_position, _left).ConfigureAwait(false);
            _position += _left.Length;
        }
        var count = (int)Math.Min(Math.Min(buffer.Length, _left.Length), Limit);
        _left[..count].CopyTo(buffer);
        _left = _left[count..];
        Limit -= count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
