using System.Runtime.CompilerServices;
using System.Text;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Planning;

/// <summary>Reads the lines of a list of files as bytes, in a buffer that does not grow far beyond the longest line allowed.</summary>
internal sealed class ListLines(Stream stream, ObjectAddress list, long mostBytes, long mostLineBytes)
{
    private const int LargestBuffer = 1 << 29;

    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private int _number;

    /// <summary>Each line without its terminator, and its number. A line is valid until the next one is read.</summary>
    /// <exception cref="Contract.ArchiverException">Exit code 65: the list or a line is longer than the settings allow.</exception>
    public async IAsyncEnumerable<(int Number, ReadOnlyMemory<byte> Line)> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var total = 0L; await FillAsync(cancellationToken).ConfigureAwait(false) is var read and > 0;)
        {
            if (total == 0 && _buffer.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble))
                _start = Encoding.UTF8.Preamble.Length;
            if ((total += read) > mostBytes)
                throw Exceeded.List(list, mostBytes);
            while (_buffer.AsSpan(_start.._end).IndexOf((byte)'\n') is var length and >= 0)
            {
                yield return Next(length);
                _start += length + 1;
            }
            if (_end - _start > Math.Min(mostLineBytes, LargestBuffer))
                throw Exceeded.Line(list, _number + 1, mostLineBytes);
        }
        if (_end > _start)
            yield return Next(_end - _start);
    }

    private (int Number, ReadOnlyMemory<byte> Line) Next(int length)
    {
        _number++;
        return length <= mostLineBytes ? (_number, _buffer.AsMemory(_start, length)) : throw Exceeded.Line(list, _number, mostLineBytes);
    }

    private ValueTask<int> FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        return ReadAsync();

        async ValueTask<int> ReadAsync()
        {
            // At least three bytes, so that a byte order mark is not split.
            var read = await stream.ReadAtLeastAsync(
                _buffer.AsMemory(_end), Encoding.UTF8.Preamble.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            _end += read;
            return read;
        }
    }
}
