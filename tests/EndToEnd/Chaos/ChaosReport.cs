using System.Globalization;
using System.Text;

namespace Archiver.EndToEnd.Chaos;

/// <summary>What happened in a chaos run, and what should not have.</summary>
public sealed record ChaosReport(IReadOnlyList<(string What, long Count)> Counts, IReadOnlyList<string> Violations)
{
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (what, count) in Counts)
            text.AppendLine(CultureInfo.InvariantCulture, $"{count,8}  {what}");
        foreach (var violation in Violations)
            text.AppendLine(CultureInfo.InvariantCulture, $"VIOLATED  {violation}");
        return text.ToString();
    }
}
