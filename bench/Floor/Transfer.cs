using Archiver.Processor.Parts;
using Archiver.Processor.Stores;
using Archiver.Programs.Settings;

namespace Archiver.Floor;

/// <summary>
/// Gets objects and puts their bytes, one after another, into one object: what an archive costs without its zip, over the same requests,
/// with the same buffers, part sizes and concurrency. No headers and no CRC-32, so the server must be one that does not check that.
/// </summary>
internal sealed class Transfer(ArchiveSettings settings, ISourceStore sources, IArchiveStore archives)
{
    public async Task<long> RunAsync(string key, CancellationToken cancellationToken)
    {
        var prefix = new ObjectAddress(settings.Source.Scheme, settings.Source.Bucket, settings.Source.Path + "/");
        var objects = await sources.ListAsync(prefix, null, cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        var parts = Pack(objects, archives.Limits.Preferred);
        var length = objects.Sum(static source => source.Size);

        var upload = await archives.BeginAsync(key, length, parts.Count == 1, cancellationToken).ConfigureAwait(false);
        await using (upload.ConfigureAwait(false))
        {
            await CarryAsync(parts, upload, cancellationToken).ConfigureAwait(false);
            await upload.CompleteAsync(0, null, cancellationToken).ConfigureAwait(false);
        }
        return length;
    }

    private async Task CarryAsync(List<FloorPart> parts, IArchiveUpload upload, CancellationToken cancellationToken)
    {
        var largest = (int)parts.Max(static part => part.Place.Length);
        var slots = (int)Math.Max(2, settings.MemoryBudget / largest);
        using var pool = new BufferPool(largest, slots);
        using var reads = new SemaphoreSlim(settings.Parallelism);
        var options = new ParallelOptions { MaxDegreeOfParallelism = slots, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(parts, options, async (part, token) =>
        {
            var buffer = await pool.RentAsync(token).ConfigureAwait(false);
            await Task.WhenAll(part.Objects.Select(item => ReadAsync(item, buffer, reads, token))).ConfigureAwait(false);
            await upload.WriteAsync(part.Place, buffer.AsMemory(0, (int)part.Place.Length), 0, token).ConfigureAwait(false);
            pool.Return(buffer);
        }).ConfigureAwait(false);
    }

    private async Task ReadAsync((SourceObject Source, int At) item, byte[] buffer, SemaphoreSlim reads, CancellationToken cancellationToken)
    {
        await reads.WaitAsync(cancellationToken).ConfigureAwait(false);
        await sources.ReadAsync(item.Source, 0, buffer.AsMemory(item.At, (int)item.Source.Size), cancellationToken).ConfigureAwait(false);
        reads.Release();
    }

    private static List<FloorPart> Pack(List<SourceObject> objects, long most)
    {
        var parts = new List<FloorPart>();
        var open = new List<(SourceObject, int)>();
        var (offset, filled) = (0L, 0);
        foreach (var source in objects)
        {
            if (filled + source.Size > most && filled > 0)
                Close();
            open.Add((source, filled));
            filled += (int)source.Size;
        }
        Close();
        return parts;

        void Close()
        {
            parts.Add(new FloorPart(new Part(parts.Count + 1, offset, filled), [.. open]));
            offset += filled;
            filled = 0;
            open.Clear();
        }
    }

    private sealed record FloorPart(Part Place, (SourceObject Source, int At)[] Objects);
}
