using System.Buffers;

namespace Archiver.Poller.Jobs;

/// <summary>
/// Keeps the beginning of a child's output and reads the rest without keeping it, so that no child can fill the poller's memory.
/// </summary>
internal sealed class BoundedOutput(int mostBytes, OutputEnd end)
{
    private readonly ArrayBufferWriter<byte> _kept = new();

    public bool Overflowed { get; private set; }

    public ReadOnlySpan<byte> Kept => _kept.WrittenSpan;

    public async Task ReadAsync(Stream source)
    {
        var buffer = new byte[1 << 14];
        while (await end.ReadAsync(source, buffer).ConfigureAwait(false) is var read and > 0)
        {
            var room = Math.Min(read, mostBytes - _kept.WrittenCount);
            _kept.Write(buffer.AsSpan(0, room));
            Overflowed |= room < read;
        }
    }
}
