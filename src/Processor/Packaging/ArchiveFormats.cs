using Archiver.Processor.Packaging.Zip;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Packaging;

/// <summary>Chooses the format of an archive.</summary>
internal static class ArchiveFormats
{
    public static IArchiveFormat For(Compression compression) => new ZipArchives(compression);
}
