using System.Globalization;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Stores;

/// <summary>Requests that ask for more than the settings allow; each error names the setting.</summary>
internal static class Exceeded
{
    public static ArchiverException Entries(int most) =>
        Of(SettingCatalog.ArchiveMaxEntries, $"the archive would have more than {most} files");

    public static ArchiverException Bytes(long most) =>
        Of(SettingCatalog.ArchiveMaxBytes, $"the archive would hold more than {most} bytes");

    public static ArchiverException PlanTime(TimeSpan most) =>
        Of(SettingCatalog.ArchiveMaxPlanTime, $"its files could not all be found within {most.TotalSeconds} s");

    public static ArchiverException List(ObjectAddress list, long most) =>
        Of(SettingCatalog.ArchiveMaxListBytes, $"{list} has more than {most} bytes");

    public static ArchiverException Line(ObjectAddress list, int number, long most) =>
        Of(SettingCatalog.ArchiveMaxLineBytes, $"{list} line {number} has more than {most} bytes");

    private static ArchiverException Of(Setting setting, FormattableString what) =>
        new(ExitCode.DataError, $"The request exceeds {setting.Name}: {what.ToString(CultureInfo.InvariantCulture)}.");
}
