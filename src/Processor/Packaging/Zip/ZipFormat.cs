using System.Text;

namespace Archiver.Processor.Packaging.Zip;

/// <summary>Constants of the ZIP format, with the section of PKWARE's APPNOTE.TXT 6.3.10, and the rules that follow from them.</summary>
internal static class ZipFormat
{
    public const uint LocalHeaderSignature = 0x04034b50;            // 4.3.7
    public const uint CentralHeaderSignature = 0x02014b50;          // 4.3.12
    public const uint Zip64EndSignature = 0x06064b50;               // 4.3.14
    public const uint Zip64LocatorSignature = 0x07064b50;           // 4.3.15
    public const uint EndSignature = 0x06054b50;                    // 4.3.16

    public const int LocalHeaderSize = 30;
    public const int CentralHeaderSize = 46;
    public const int Zip64EndSize = 56;
    public const int Zip64LocatorSize = 20;
    public const int EndSize = 22;

    public const ushort MadeByUnix45 = (3 << 8) | 45;               // 4.4.2
    public const ushort NeedsVersion10 = 10;                        // 4.4.3
    public const ushort NeedsVersion20 = 20;
    public const ushort NeedsVersion45 = 45;
    public const ushort Utf8Flag = 1 << 11;                         // 4.4.4
    public const ushort Stored = 0;                                 // 4.4.5
    public const ushort Deflated = 8;
    public const uint RegularFile0644 = 0x81A4u << 16;              // 4.4.15: unix mode in the upper half

    public const ushort Zip64ExtraId = 0x0001;                      // 4.5.3
    public const ushort ExtendedTimestampId = 0x5455;               // 4.6.1, described in Info-ZIP's proginfo/extrafld.txt
    public const int ExtendedTimestampSize = 4 + 1 + 4;

    // In a 16- or 32-bit field, these mean that the value is in the zip64 field, so a value that equals them needs zip64 as well.
    public const uint Marker32 = 0xFFFFFFFF;
    public const ushort Marker16 = 0xFFFF;

    // 4.4.10: a directory record with its name and extra fields should not exceed 65,535 bytes, and some readers enforce that.
    public const int LongestRest = 0xFFFF - CentralHeaderSize;
    public const int LongestExtra = 4 + 8 + 8 + 8 + ExtendedTimestampSize;
    public const int LongestName = LongestRest - LongestExtra;

    public static bool NeedsZip64(long value) => value >= Marker32;

    public static ushort VersionNeeded(bool zip64, ushort method) =>
        zip64 ? NeedsVersion45 : method == Stored ? NeedsVersion10 : NeedsVersion20;

    public static int NameLength(string name) => Encoding.UTF8.GetByteCount(name);

    public static ushort FlagsFor(string name) => Ascii.IsValid(name) ? (ushort)0 : Utf8Flag;

    /// <summary>The extended timestamp is a signed 32-bit number of seconds, from 1901 to 2038.</summary>
    public static bool HasExtendedTimestamp(in ZipEntry entry) => entry.ModifiedUnixSeconds is >= int.MinValue and <= int.MaxValue;
}
