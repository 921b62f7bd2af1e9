using Archiver.Processor.Parts;
using Archiver.Tests.Support;
using FsCheck.Xunit;

namespace Archiver.Tests.Processor.Parts;

/// <summary>What holds for the parts of every archive, whatever the store's limits.</summary>
[Properties(Arbitrary = [typeof(ArchiveCases)], MaxTest = 500)]
public sealed class PartProperties
{
    [Property]
    public void The_bytes_that_the_parts_add_up_to_are_the_layout_s_bytes(ArchiveCase archive)
    {
        var expected = archive.StraightThrough();

        Assert.Equal(expected, archive.Parts.SelectMany(part => BytesOf(archive, part)));
        Assert.Equal(expected, archive.PartsWithCopies.SelectMany(part => BytesOf(archive, part)));
    }

    [Property]
    public void Parts_follow_one_another_from_the_first_byte_to_the_last(ArchiveCase archive) => Assert.All(PlansOf(archive), parts =>
    {
        Assert.Equal(Enumerable.Range(1, parts.Count), parts.Select(static part => part.Number));
        Assert.Equal(0, parts[0].Offset);
        Assert.Equal(parts.Skip(1).Select(static part => part.Offset), parts.SkipLast(1).Select(static part => part.End));
        Assert.Equal(archive.Layout.Length, parts[^1].End);
    });

    [Property]
    public void No_part_is_refused_by_the_store(ArchiveCase archive) => Assert.All(PlansOf(archive), parts =>
    {
        Assert.InRange(parts.Count, 1, archive.Limits.MostParts);
        Assert.All(parts.SkipLast(1), part => Assert.InRange(part.Length, archive.Limits.Least, archive.Limits.Most));
        Assert.InRange(parts[^1].Length, 1, archive.Limits.Most);
    });

    [Property]
    public void The_pieces_of_a_part_follow_one_another_and_fill_it(ArchiveCase archive)
    {
        foreach (var part in PlansOf(archive).SelectMany(static parts => parts))
        {
            var at = 0L;
            foreach (var piece in archive.Layout.PiecesOf(part))
            {
                Assert.Equal(at, piece.At);
                Assert.True(piece.Length > 0);
                at += piece.Length;
            }
            Assert.Equal(part.Length, at);
        }
    }

    [Property]
    public void A_part_that_is_copied_is_content_of_one_entry_that_can_be_copied(ArchiveCase archive)
    {
        foreach (var part in archive.PartsWithCopies.Where(static part => part.IsCopied))
        {
            var piece = Assert.Single(archive.Layout.PiecesOf(part));
            Assert.Equal((PieceKind.Content, true), (piece.Kind, piece.Entry % 3 != 2));
        }
    }

    [Property]
    public void The_same_entries_give_the_same_parts(ArchiveCase archive)
    {
        var again = new ArchiveCase([.. archive.Entries], archive.Contents, archive.Limits, archive.Seed);

        Assert.Equal(PlansOf(archive), PlansOf(again));
    }

    private static List<IReadOnlyList<Part>> PlansOf(ArchiveCase archive) => [archive.Parts, archive.PartsWithCopies];

    private static byte[] BytesOf(ArchiveCase archive, Part part)
    {
        var bytes = new byte[part.Length];
        foreach (var piece in archive.Layout.PiecesOf(part))
        {
            var target = bytes.AsSpan((int)piece.At, (int)piece.Length);
            if (piece.IsContent)
                archive.Contents[piece.Entry].AsSpan((int)piece.Skip, (int)piece.Length).CopyTo(target);
            else
                archive.Layout.Write(piece, archive, target);
        }
        return bytes;
    }
}
