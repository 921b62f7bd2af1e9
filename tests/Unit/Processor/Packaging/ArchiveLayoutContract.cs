using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;
using Archiver.Processor.Reporting;
using Archiver.Processor.Stores;
using Archiver.Processor.Stores.Folders;
using Archiver.Processor.Transfer;
using Archiver.Tests.Support;
using FsCheck.Xunit;

namespace Archiver.Tests.Processor.Packaging;

/// <summary>What part plans and executors rely on, for every layout and every archive.</summary>
public abstract class ArchiveLayoutContract
{
    private const int LineLength = 9;

    [Property]
    public void Its_pieces_are_all_bytes_in_order_and_each_once(ArchiveCase archive)
    {
        var layout = LayOut(PlanOf(archive), archive.Limits.Least);
        var read = new long[layout.Count];
        foreach (var part in AnyParts(layout, archive.Seed))
        {
            var at = 0L;
            foreach (var piece in layout.PiecesOf(part))
            {
                Assert.Equal((at, true), (piece.At, piece.Length > 0));
                at += piece.Length;
                if (!piece.IsContent)
                    continue;
                Assert.Equal((read[piece.Entry], part.Offset + piece.At), (piece.Skip, layout.ContentOffset(piece.Entry) + piece.Skip));
                read[piece.Entry] += piece.Length;
            }
            Assert.Equal(part.Length, at);
        }
        Assert.Equal(Enumerable.Range(0, layout.Count).Select(layout.SizeOf), read);
    }

    [Property]
    public void Its_entries_stand_one_after_another_and_each_byte_of_them_is_found(ArchiveCase archive)
    {
        var layout = LayOut(PlanOf(archive), archive.Limits.Least);
        var random = new Random(archive.Seed);
        var end = 0L;
        var order = layout.EntriesFrom(0).ToList();
        foreach (var entry in order)
        {
            Assert.InRange(layout.HeaderOffset(entry), end, layout.ContentOffset(entry));
            Assert.InRange(layout.ContentOffset(entry) - layout.HeaderOffset(entry), 1, layout.LongestHeader);
            Assert.Equal(layout.SizeOf(entry), layout.ContentEnd(entry) - layout.ContentOffset(entry));
            Assert.Equal(entry, layout.EntryAt(random.NextInt64(layout.HeaderOffset(entry), layout.ContentEnd(entry))));
            end = layout.ContentEnd(entry);
        }
        Assert.InRange(layout.EntriesEnd, end, layout.Length);
        Assert.Equal(Enumerable.Range(0, layout.Count), order.Order());
    }

    [Property]
    public void Its_framing_awaits_only_what_stands_before_it_or_right_behind_it(ArchiveCase archive)
    {
        var layout = LayOut(PlanOf(archive), archive.Limits.Least);
        foreach (var part in AnyParts(layout, archive.Seed))
            foreach (var piece in layout.PiecesOf(part))
                for (var entry = piece.Awaits.First; entry < piece.Awaits.End; entry++)
                    Assert.True(
                        layout.ContentEnd(entry) <= part.Offset + piece.At || (piece.Kind == PieceKind.Header && piece.Entry == entry),
                        $"{piece} of {part} awaits {entry}");
    }

    [Property]
    public void Its_framing_is_written_from_the_digests_that_it_names(ArchiveCase archive)
    {
        var layout = LayOut(PlanOf(archive), archive.Limits.Least);
        foreach (var piece in AnyParts(layout, archive.Seed).SelectMany(layout.PiecesOf).Where(static piece => !piece.IsContent))
            layout.Write(piece, new NamedDigests(piece.Awaits), new byte[piece.Length]);
    }

    [Property]
    public void Its_bytes_are_the_same_however_the_parts_are_cut(ArchiveCase archive)
    {
        var plan = PlanOf(archive);
        var (layout, contents) = (LayOut(plan, archive.Limits.Least), ContentsOf(archive, plan));
        var expected = BytesOf(layout, contents);

        Assert.Equal(expected, BytesOf(layout, contents, AnyParts(layout, archive.Seed)));
        Assert.Equal(expected, BytesOf(layout, contents, PartPlan.Cut(layout, RoomyLimits(archive))));
        Assert.Equal(expected, BytesOf(layout, contents, PartsWithCopies(archive, plan, layout)));
        Assert.Equal(expected, BytesOf(LayOut(PlanOf(archive), archive.Limits.Least), contents));
    }

    [Property]
    public void Each_entry_ends_in_one_piece(ArchiveCase archive)
    {
        var layout = LayOut(PlanOf(archive), archive.Limits.Least);

        var ends = AnyParts(layout, archive.Seed).SelectMany(layout.PiecesOf).Where(static piece => piece.EndsEntry);

        Assert.Equal(Enumerable.Range(0, layout.Count), ends.Select(static piece => piece.Entry).Order());
    }

    [Property(MaxTest = 100)]
    public async Task A_store_in_memory_gets_its_bytes_in_any_order_with_copies_and_with_the_least_memory(ArchiveCase archive)
    {
        var plan = PlanOf(archive);
        var layout = LayOut(plan, archive.Limits.Least);
        await using var chaos = new Chaos(archive.Seed);
        var upload = new MemoryUpload(layout.Length)
        {
            BeforeWrite = (_, token) => chaos.WaitAsync(token),
            CopiesFrom = MemorySource.Of(archive),
            Refuses = part => (part.Number + archive.Seed) % 3 == 0,
        };

        var parts = PartsWithCopies(archive, plan, layout);
        await BringAsync(archive, plan, layout, parts, upload, chaos, smallestBuffer: 1 + (archive.Seed % 200));

        Assert.Equal(BytesOf(layout, ContentsOf(archive, plan)), upload.Bytes);
    }

    [Property(MaxTest = 20)]
    public async Task A_folder_gets_its_bytes_in_any_order(ArchiveCase archive)
    {
        var plan = PlanOf(archive);
        var layout = LayOut(plan, archive.Limits.Least);
        using var folder = new TempFolder();
        await using var chaos = new Chaos(archive.Seed);
        var parts = PartPlan.Cut(layout, RoomyLimits(archive));
        var archives = new FolderArchives(folder.Path);
        await using var upload = await archives.BeginAsync("some.archive", layout.Length, parts.Count == 1, CancellationToken.None);

        var crc = await BringAsync(archive, plan, layout, parts, upload, chaos, smallestBuffer: 1 << 16);

        Assert.True(await upload.CompleteAsync(crc, null, CancellationToken.None));
        Assert.Equal(BytesOf(layout, ContentsOf(archive, plan)), await File.ReadAllBytesAsync(folder["some.archive"]));
    }

    /// <summary>Lays out a plan for a store whose parts have at least so many bytes.</summary>
    protected abstract IArchiveLayout LayOut(ArchivePlan plan, long leastPart);

    // The case's entries, two texts that await some or all of those before them, one that awaits nothing, and one more object.
    private static ArchivePlan PlanOf(ArchiveCase archive)
    {
        var entries = archive.Plan.Entries.ToList();
        var objects = entries.Count;
        entries.Insert(objects / 2, Text("fixed.txt", default));
        entries.Insert((objects / 2) + 1, Text("some.txt", new EntryRange(0, (objects / 2) + 1)));
        entries.Add(Text("all.txt", new EntryRange(0, objects + 2)));
        return new ArchivePlan(entries, []);
    }

    private static PlannedEntry Text(string name, EntryRange awaits)
    {
        var text = new GeneratedText(LineLength * (awaits.Count + 1), awaits, name, Write) { ModifiedUnixSeconds = 1_717_079_362 };
        return new PlannedEntry(name, new EntryContent(text));

        void Write(IEntryDigests digests, long offset, Span<byte> target)
        {
            var lines = new StringBuilder();
            for (var entry = awaits.First; entry < awaits.End; entry++)
                lines.Append(CultureInfo.InvariantCulture, $"{digests.CrcOf(entry):x8}\n");
            Encoding.ASCII.GetBytes(lines.Append("the end.\n").ToString()).AsSpan((int)offset, target.Length).CopyTo(target);
        }
    }

    private static List<byte[]> ContentsOf(ArchiveCase archive, ArchivePlan plan)
    {
        var contents = new List<byte[]>();
        foreach (var entry in plan.Entries)
        {
            var content = new byte[entry.Size];
            if (entry.Content.Text is { } text)
                text.Write(new ContentDigests(contents), 0, content);
            else
                archive.Contents[int.Parse(entry.Source.Address.Key, CultureInfo.InvariantCulture)].CopyTo(content, 0);
            contents.Add(content);
        }
        return contents;
    }

    private static byte[] BytesOf(IArchiveLayout layout, List<byte[]> contents, IEnumerable<Part>? parts = null)
    {
        var bytes = new byte[layout.Length];
        foreach (var part in parts ?? [new Part(1, 0, layout.Length)])
            foreach (var piece in layout.PiecesOf(part))
            {
                var target = bytes.AsSpan((int)(part.Offset + piece.At), (int)piece.Length);
                if (piece.IsContent)
                    contents[piece.Entry].AsSpan((int)piece.Skip, (int)piece.Length).CopyTo(target);
                else
                    layout.Write(piece, new ContentDigests(contents), target);
            }
        return bytes;
    }

    private static async Task<uint> BringAsync(
        ArchiveCase archive, ArchivePlan plan, IArchiveLayout layout, IReadOnlyList<Part> parts, IArchiveUpload upload, Chaos chaos,
        int smallestBuffer)
    {
        var source = MemorySource.Of(archive);
        source.BeforeRead = (_, _, token) => chaos.WaitAsync(token);
        var progress = new TransferProgress(plan.ContentBytes, plan.Count);
        var parallelism = 1 + (archive.Seed % 8);
        var executor = new ArchiveExecutor(source, plan, layout, memoryBudget: 0, parallelism, progress, smallestBuffer);

        var crc = await Task.Run(() => executor.CarryAsync(parts, upload, CancellationToken.None)).WithPatience();

        Assert.Equal(Crc32.HashToUInt32(BytesOf(layout, ContentsOf(archive, plan))), crc);
        Assert.Equal((progress.BytesTotal, progress.EntriesTotal), (progress.BytesDone, progress.EntriesDone));
        return crc;
    }

    private static IReadOnlyList<Part> PartsWithCopies(ArchiveCase archive, ArchivePlan plan, IArchiveLayout layout) =>
        CopyPlan.Cut(layout, RoomyLimits(archive), entry => plan.Entries[entry].Content.Text is null && entry % 3 != 2);

    private static PartLimits RoomyLimits(ArchiveCase archive) => archive.Limits with { MostParts = int.MaxValue };

    private static List<Part> AnyParts(IArchiveLayout layout, int seed)
    {
        var random = new Random(seed);
        var largest = random.Next(1, 2_000);
        var parts = new List<Part>();
        for (var offset = 0L; offset < layout.Length; offset = parts[^1].End)
            parts.Add(new Part(parts.Count + 1, offset, Math.Min(random.Next(1, largest + 1), layout.Length - offset)));
        return parts;
    }

    private sealed class ContentDigests(List<byte[]> contents) : IEntryDigests
    {
        public uint CrcOf(int entry) => Crc32.HashToUInt32(contents[entry]);
    }

    private sealed class NamedDigests(EntryRange named) : IEntryDigests
    {
        public uint CrcOf(int entry)
        {
            Assert.InRange(entry, named.First, named.End - 1);
            return 7;
        }
    }
}
