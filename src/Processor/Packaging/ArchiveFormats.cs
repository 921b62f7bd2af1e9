using Archiver.Programs.Settings;
using Archiver.Processor.Packaging.Zip;

namespace Archiver.Processor.Packaging;

/// <summary>Chooses the format of an archive.</summary>
internal static class ArchiveFormats
{
    public static IArchiveFormat For(Compression compression) => new ZipArchives(compression);
}
