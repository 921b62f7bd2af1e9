using Microsoft.Win32.SafeHandles;

namespace Archiver.Dummy;

/// <summary>Standard streams, treated badly.</summary>
internal static class Streams
{
    public static void CloseInput()
    {
        using var input = new SafeFileHandle(0, ownsHandle: true);
    }

    /// <summary>Writes that many bytes, in lines of this length; 0: in one line without an end.</summary>
    public static void Flood(Stream stream, long bytes, int lineLength)
    {
        var block = new byte[1 << 16];
        Array.Fill(block, (byte)'x');
        for (var end = lineLength; lineLength > 0 && end < block.Length; end += lineLength + 1)
            block[end] = (byte)'\n';
        for (var left = bytes; left > 0; left -= block.Length)
            stream.Write(block, 0, (int)Math.Min(left, block.Length));
    }
}
