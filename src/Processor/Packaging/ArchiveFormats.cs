using Archiver.Programs.Settings;
using Archiver.Processor.Packaging.Zip;

namespace Archiver.Processor.Packaging;

/// <summary>The formats that there are.</summary>
internal static class ArchiveFormats
{
    public static IArchiveFormat For(Compression compression) => new ZipArchives(compression);
}
