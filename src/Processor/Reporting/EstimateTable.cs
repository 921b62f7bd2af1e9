using System.Globalization;
using Archiver.Processor.Costs;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Reporting;

/// <summary>An estimate as a table for people, with a column for each way of making the archive.</summary>
internal static class EstimateTable
{
    private const int NameWidth = 26;
    private const int ColumnWidth = 20;

    public static string Of(ArchiveEstimate estimate)
    {
        var lines = new List<string>
        {
            estimate.Archive + (estimate.IsStored ? "  (already exists: it would be checked, and replaced only if it is damaged)" : ""),
            Text($"{estimate.Entries:N0} entries, {Size(estimate.ContentBytes)}; ")
                + $"the archive has {(estimate.IsCompressed ? "at most " : "")}{Size(estimate.ArchiveBytes)}",
            "",
            Row("", estimate.Ways, way => way.Mode == estimate.Mode ? $"{Name(way.Mode)} *" : Name(way.Mode)),
            Row("parts", estimate.Ways, static way => Text($"{way.Parts:N0}")),
            Row("through the processor", estimate.Ways, static way => Size(way.CarriedBytes)),
            Row("copied inside S3", estimate.Ways, static way => Size(way.CopiedBytes)),
        };
        foreach (var operation in estimate.Ways.SelectMany(static way => way.Requests.Keys).Distinct().Order(StringComparer.Ordinal))
            lines.Add(Row($"  {operation}", estimate.Ways, way => Text($"{way.Requests.GetValueOrDefault(operation):N0}")));
        lines.Add(Row("requests", estimate.Ways, static way => Text($"{way.Requests.Values.Sum():N0}")));
        lines.Add(Row("  cost", estimate.Ways, static way => Text($"${way.RequestDollars:0.00000}")));
        if (estimate.Ways.Any(static way => way.TransferDollars > 0))
            lines.Add(Row("transfer between regions", estimate.Ways, static way => Text($"${way.TransferDollars:0.00}")));
        lines.Add(Row("time, about", estimate.Ways, static way => Text($"{way.Seconds:N1} s")));
        lines.Add(Row("memory, about", estimate.Ways, static way => Size(way.MemoryBytes)));
        lines.Add("");
        lines.Add("* would be chosen. Prices: S3 Standard in us-east-1.");
        return string.Join('\n', lines);
    }

    private static string Name(AssemblyMode mode) => mode == AssemblyMode.Copy ? "copy" : "carry";

    private static string Row(string name, IReadOnlyList<WayEstimate> ways, Func<WayEstimate, string> cell) =>
        (name.PadRight(NameWidth) + string.Concat(ways.Select(way => cell(way).PadLeft(ColumnWidth)))).TrimEnd();

    private static string Size(long bytes) => bytes switch
    {
        >= 1L << 30 => Text($"{bytes / (double)(1L << 30):N2} GiB"),
        >= 1L << 20 => Text($"{bytes / (double)(1L << 20):N1} MiB"),
        _ => Text($"{bytes:N0} bytes"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
