using System.Text;

namespace Archiver.Inventory;

/// <summary>The licenses of all packages in the release, with their texts, as those licenses ask for.</summary>
internal static class LicenseTexts
{
    private static readonly string[] Notices = ["LICENSE*", "license*", "THIRD-PARTY-NOTICES*", "ThirdPartyNotices*", "NOTICE*"];
    private static readonly string Rule = new('=', 80);

    /// <exception cref="InvalidDataException">There is no text of a license.</exception>
    public static string Write(IReadOnlyList<Package> packages)
    {
        var text = new StringBuilder("This release of Archiver contains the following packages, in parts or whole.\n\n");
        foreach (var package in packages)
            text.Append($"{package.Name} {package.Version}\n    {package.Metadata.License}. {package.Metadata.Copyright}\n    {package.Metadata.ProjectUrl}\n");
        foreach (var license in packages.Select(static package => package.Metadata.License).Distinct().Order(StringComparer.Ordinal))
            Section(text, license, Text(license));
        // Most packages of one family bring the same.
        foreach (var notice in packages.SelectMany(NoticesOf).GroupBy(static notice => notice.Text))
            Section(text, string.Join("\n", notice.Select(static from => from.Package)), notice.Key);
        return text.ToString();
    }

    private static IEnumerable<(string Package, string Text)> NoticesOf(Package package) =>
        from pattern in Notices
        from file in Directory.EnumerateFiles(package.Folder, pattern).Order(StringComparer.Ordinal)
        select ($"{package.Name} {package.Version}: {Path.GetFileName(file)}", File.ReadAllText(file).ReplaceLineEndings("\n"));

    private static string Text(string license)
    {
        using var resource = typeof(LicenseTexts).Assembly.GetManifestResourceStream($"licenses/{license}.txt")
            ?? throw new InvalidDataException($"There is no text of the license {license} in packaging/Inventory/licenses.");
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }

    private static void Section(StringBuilder text, string title, string body) => text.Append($"\n{Rule}\n{title}\n{Rule}\n\n{body.Trim()}\n");
}
