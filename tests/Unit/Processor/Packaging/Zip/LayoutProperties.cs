using System.IO.Compression;
using Archiver.Tests.Support;
using FsCheck.Xunit;

namespace Archiver.Tests.Processor.Packaging.Zip;

/// <summary>What holds for the layout of every archive.</summary>
[Properties(Arbitrary = [typeof(ArchiveCases)], MaxTest = 300)]
public sealed class LayoutProperties
{
    [Property]
    public void Every_archive_opens_with_its_names_in_order_and_their_sizes_checksums_and_contents(ArchiveCase archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive.StraightThrough()));

        Assert.Equal(archive.Entries.Select(static entry => entry.Name), zip.Entries.Select(static entry => entry.FullName));
        for (var i = 0; i < zip.Entries.Count; i++)
        {
            var entry = zip.Entries[i];
            Assert.Equal(archive.Contents[i].Length, entry.Length);
            Assert.Equal(archive.Contents[i].Length, entry.CompressedLength);
            Assert.Equal(archive.CrcOf(i), entry.Crc32);
            Assert.Equal(archive.Contents[i], Read(entry));
        }
    }

    [Property]
    public void Every_entry_has_its_time_of_modification_in_utc_to_two_seconds(ArchiveCase archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive.StraightThrough()));

        Assert.Equal(
            archive.Entries.Select(static entry => InDosTime(entry.ModifiedUnixSeconds)),
            zip.Entries.Select(static entry => entry.LastWriteTime.DateTime));
    }

    [Property]
    public void Local_headers_say_what_the_central_directory_says(ArchiveCase archive)
    {
        var bytes = archive.StraightThrough();
        for (var i = 0; i < archive.Entries.Count; i++)
        {
            var local = LocalRecord.Read(bytes.AsSpan((int)archive.Layout.HeaderOffset(i)));
            var central = CentralRecord.Read(bytes.AsSpan((int)archive.Layout.CentralOffset(i)));

            Assert.Equal((0x04034b50u, 0x02014b50u), (local.Signature, central.Signature));
            Assert.Equal(
                (local.Needs, local.Flags, local.Method, local.Time, local.Crc, local.Compressed, local.Size, local.Name),
                (central.Needs, central.Flags, central.Method, central.Time, central.Crc, central.Compressed, central.Size, central.Name));
            Assert.Equal(local.Extras, central.Extras);
            Assert.Equal(archive.Layout.HeaderOffset(i), central.Offset);
            Assert.Equal(archive.Layout.ContentOffset(i), archive.Layout.HeaderOffset(i) + local.Length);
        }
    }

    [Property]
    public void Every_byte_of_the_archive_is_found_in_the_entry_that_holds_it(ArchiveCase archive)
    {
        var layout = archive.Layout;
        var random = new Random(archive.Seed);
        for (var i = 0; i < layout.Count; i++)
        {
            Assert.Equal(i, layout.EntryAt(random.NextInt64(layout.HeaderOffset(i), layout.ContentEnd(i))));
            Assert.Equal(i, layout.CentralEntryAt(random.NextInt64(layout.CentralOffset(i), layout.CentralOffset(i + 1))));
        }
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static DateTime InDosTime(long unixSeconds)
    {
        var (first, last) = (new DateTime(1980, 1, 1), new DateTime(2107, 12, 31, 23, 59, 58));
        var time = DateTime.UnixEpoch.AddSeconds(unixSeconds);
        return time < first ? first : time > last ? last : time.AddSeconds(-(time.Second % 2));
    }
}
