using Archiver.Contract.Boundary;

namespace Archiver.Processor.Stores.S3;

/// <summary>
/// Reads an object from beginning to end. If the connection breaks, reading resumes at the same place in the same version.
/// </summary>
internal sealed class S3ObjectStream(S3Bodies bodies, ObjectAddress address) : Stream
{
    private S3OpenBody? _body;
    private string? _etag;
    private long _offset;
    private long? _size;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _offset;
        set => throw new NotSupportedException();
    }

    /// <summary>Checks that the object exists, without reading anything.</summary>
    public Task OpenAsync(CancellationToken cancellationToken) => ReadAsync(Memory<byte>.Empty, cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_offset == _size)
            return 0;
        try
        {
            var read = await bodies.TryAsync(token => ReadOnceAsync(buffer, token), cancellationToken).ConfigureAwait(false);
            _offset += read;
            return read;
        }
        catch (Exception error) when (!S3Errors.IsStop(error, cancellationToken))
        {
            throw S3Errors.Describe(error, address.ToString(), ExitCode.NoInput);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _body?.Dispose();
        base.Dispose(disposing);
    }

    private async Task<int> ReadOnceAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            _body ??= await bodies.OpenAsync(address, new S3Range(_offset, null, _etag, _size), cancellationToken).ConfigureAwait(false);
            (_etag, _size) = (_body.ETag.Trim('"'), _offset + _body.Left);
            return await _body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _body?.Dispose();
            _body = null;
            throw;
        }
    }
}
