using System.IO.Hashing;
using Archiver.Processor.Parts;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Interop;

/// <summary>A small file, a sparse one of more than 4 GiB, and another small one behind it, archived.</summary>
public sealed class HugeArchive : IAsyncLifetime
{
    public const int SmallSize = 1_234;

    private const long HugeSize = (1L << 32) + 1;

    private readonly TempFolder _folder = new();

    public InteropArchive Archive { get; private set; } = new("", [], static size => Some.Bytes(size));

    public uint Crc { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var small = _folder.Write("small", Some.Bytes(SmallSize));
        using (var sparse = File.Create(_folder["sparse"]))
            sparse.SetLength(HugeSize);
        var plan = await FolderArchiving.PlanAsync([("first.txt", small), ("huge.bin", _folder["sparse"]), ("zuletzt ä.txt", small)]);
        // In the request's order, so that an entry stands beyond 4 GiB.
        (var path, Crc) = await FolderArchiving.ArchiveAsync(plan, _folder.Path, leastPart: long.MaxValue);
        var crc = Crc32.HashToUInt32(Some.Bytes(SmallSize));
        Archive = new InteropArchive(path, [new("first.txt", SmallSize, crc), new("huge.bin", HugeSize, ZerosCrc()), new("zuletzt ä.txt", SmallSize, crc)], static size => Some.Bytes(size));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static uint ZerosCrc()
    {
        // 2^32 zeros by doubling, and one more.
        var crc = Crc32.HashToUInt32(new byte[1]);
        for (var length = 1L; length < 1L << 32; length *= 2)
            crc = Crc32Combine.Combine(crc, crc, length);
        return Crc32Combine.Combine(crc, Crc32.HashToUInt32(new byte[1]), 1);
    }
}
