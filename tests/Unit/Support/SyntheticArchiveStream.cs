using Archiver.Processor.Packaging.Zip;
using Archiver.Processor.Parts;

namespace Archiver.Tests.Support;

/// <summary>An archive of any size that can be read anywhere and stands nowhere: headers as the layout writes them, content all zeros.</summary>
public sealed class SyntheticArchiveStream(ZipLayout layout) : Stream, IEntryDigests
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => layout.Length;

    public override long Position { get; set; }

    public uint CrcOf(int entry) => 0;

    public override int Read(byte[] buffer, int offset, int count)
    {
        var length = Math.Min(count, layout.Length - Position);
        if (length <= 0)
            return 0;
        var target = buffer.AsSpan(offset, (int)length);
        target.Clear();
        foreach (var piece in layout.PiecesOf(new Part(1, Position, length)))
            if (!piece.IsContent)
                layout.Write(piece, this, target.Slice((int)piece.At, (int)piece.Length));
        Position += length;
        return (int)length;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
        // Nothing is ever written.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
