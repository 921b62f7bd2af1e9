namespace Archiver.Tests.Support;

/// <summary>One byte again and again.</summary>
public sealed class EndlessStream(byte value) : Stream
{
    /// <summary>How many bytes were read of it.</summary>
    public long Given { get; private set; }

    /// <summary>Runs before every read.</summary>
    public Action BeforeRead { get; init; } = static () => { };

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        BeforeRead();
        Array.Fill(buffer, value, offset, count);
        Given += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        BeforeRead();
        cancellationToken.ThrowIfCancellationRequested();
        buffer.Span.Fill(value);
        Given += buffer.Length;
        return ValueTask.FromResult(buffer.Length);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
