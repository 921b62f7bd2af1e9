using System.IO.Compression;
using Archiver.Processor.Packaging.Zip;
using Archiver.Processor.Planning;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Packaging.Zip;

public sealed class HeaderTests
{
    private const ushort ExtendedTimestamp = 0x5455;

    [Theory]
    [InlineData("plain.txt", 0)]
    [InlineData("ä.txt", 0x0800)]
    [InlineData("日本/出.png", 0x0800)]
    [InlineData("🌋", 0x0800)]
    public void The_utf8_flag_is_set_for_names_beyond_ascii_alone(string name, int flags)
    {
        var (local, central) = HeadersOf(new ZipEntry(name, 0, 0));

        Assert.Equal((flags, flags), (local.Flags, central.Flags));
        Assert.Equal((name, name), (local.Name, central.Name));
    }

    [Fact]
    public void An_entry_is_a_stored_regular_file_with_mode_0644_made_on_unix()
    {
        var (local, central) = HeadersOf(new ZipEntry("a.txt", 5, 0), crc: 0xCAFEBABE);

        Assert.Equal((0, 0), (local.Method, central.Method));
        Assert.Equal((0xCAFEBABE, 0xCAFEBABE), (local.Crc, central.Crc));
        Assert.Equal(3, central.MadeBy >> 8);
        Assert.Equal(Convert.ToUInt32("100644", 8), central.ExternalAttributes >> 16);
        Assert.Equal((0, 0), (central.Disk, central.InternalAttributes));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_717_079_362)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void The_time_to_the_second_stands_in_the_extended_timestamp(long modified)
    {
        var (local, central) = HeadersOf(new ZipEntry("a.txt", 5, modified));

        byte[] expected = [1, .. BitConverter.GetBytes((int)modified)];
        Assert.Equal(expected, local.Extras[ExtendedTimestamp]);
        Assert.Equal(expected, central.Extras[ExtendedTimestamp]);
    }

    [Theory]
    [InlineData(int.MaxValue + 1L)]
    [InlineData(int.MinValue - 1L)]
    public void A_time_beyond_32_bits_has_no_extended_timestamp(long modified) =>
        Assert.Empty(HeadersOf(new ZipEntry("a.txt", 5, modified)).Local.Extras);

    [Fact]
    public void The_layout_of_no_entries_is_a_valid_archive()
    {
        var layout = new ZipLayout([]);
        var archive = new byte[layout.Length];
        layout.WriteEnd(archive);

        Assert.Equal(22, layout.Length);
        using var zip = new ZipArchive(new MemoryStream(archive));
        Assert.Empty(zip.Entries);
    }

    [Fact]
    public void The_longest_name_leaves_room_for_all_extra_fields_in_a_record_of_65_535_bytes()
    {
        var name = new string('n', EntryName.LongestName);

        var (local, central) = HeadersOf(new ZipEntry(name, 5, 0));

        Assert.Equal((name, name), (local.Name, central.Name));
        Assert.Equal(65_535, CentralHeader.SizeOf(new ZipEntry(name, 5L << 30, 0), 5L << 30, 5L << 30));
    }

    private static (LocalRecord Local, CentralRecord Central) HeadersOf(ZipEntry entry, uint crc = 0)
    {
        var layout = new ZipLayout([entry]);
        var local = new byte[layout.ContentOffset(0)];
        var central = new byte[layout.EndOffset - layout.EntriesEnd];
        layout.WriteLocalHeader(0, crc, local);
        layout.WriteCentralHeader(0, crc, central);
        return (LocalRecord.Read(local), CentralRecord.Read(central));
    }
}
