using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Archiver.EndToEnd.Support;

/// <summary>
/// Works out the CRC-32 of what a client uploads. If it is not the one that the client claimed, the last bytes are held
/// back and the request to the server behind breaks off, so that nothing is stored.
/// </summary>
internal sealed class ChecksummedRequestBody(HttpRequest request, string? claimed) : PassingStream(request.Body)
{
    private readonly Crc32 _crc = new();
    private readonly AwsChunkedDecoder? _decoder =
        request.Headers["x-amz-content-sha256"].ToString().StartsWith("STREAMING-", StringComparison.Ordinal) ? new() : null;

    private long _rawLength;

    public bool IsRefused { get; private set; }

    public uint Crc => _crc.GetCurrentHashAsUInt32();

    public long DataLength { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await base.ReadAsync(buffer, cancellationToken);
        _rawLength += read;
        if (_decoder is null)
            Append(buffer.Span[..read]);
        else
            _decoder.Decode(buffer.Span[..read], Append);

        if (_rawLength == request.ContentLength && claimed is not null && claimed != Checksum.Encode(Crc))
        {
            IsRefused = true;
            throw new IOException("The checksum that the client sent is not that of the body");
        }

        return read;
    }

    private void Append(ReadOnlySpan<byte> data)
    {
        _crc.Append(data);
        DataLength += data.Length;
    }

    /// <summary>Takes the data out of <c>size;chunk-signature=...\r\ndata\r\n</c>, the form of a body signed in chunks.</summary>
    private sealed class AwsChunkedDecoder
    {
        private readonly StringBuilder _header = new();
        private long _left;
        private int _skip;
        private bool _ended;

        public delegate void Consume(ReadOnlySpan<byte> data);

        public void Decode(ReadOnlySpan<byte> input, Consume consume)
        {
            while (input.Length > 0 && !_ended)
            {
                if (_left > 0)
                {
                    var data = input[..(int)Math.Min(_left, input.Length)];
                    consume(data);
                    _left -= data.Length;
                    input = input[data.Length..];
                    continue;
                }

                var next = (char)input[0];
                input = input[1..];
                if (_skip > 0)
                    _skip--;
                else if (next != '\n')
                    _header.Append(next);
                else
                    BeginChunk();
            }
        }

        private void BeginChunk()
        {
            _left = long.Parse(_header.ToString().Split(';')[0].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            _header.Clear();
            _ended = _left == 0;
            // The line break after the data.
            _skip = 2;
        }
    }
}
