using System.Runtime.InteropServices;

namespace Archiver.Dummy;

/// <summary>Takes memory, writes to it, and keeps it.</summary>
internal static class Appetite
{
    private const int Piece = 8 << 20;

    private static readonly List<byte[]> Managed = [];

    public static void Eat(int mebibytes, bool native)
    {
        for (var eaten = 0L; eaten < (long)mebibytes << 20; eaten += Piece)
            if (native)
                EatNative();
            else
                Managed.Add(GC.AllocateUninitializedArray<byte>(Piece));
    }

    private static unsafe void EatNative() => new Span<byte>(NativeMemory.Alloc(Piece), Piece).Fill(1);
}
