using System.Xml.Linq;

namespace Archiver.Inventory;

/// <summary>What a package says of itself in its nuspec.</summary>
/// <param name="License">An SPDX license expression.</param>
/// <param name="Copyright">Whose it is.</param>
/// <param name="ProjectUrl">Where it comes from.</param>
internal sealed record PackageMetadata(string License, string Copyright, string? ProjectUrl)
{
    // Packages from before license expressions, each looked up at the address that it names.
    private static readonly Dictionary<string, string> OlderLicenses = new()
    {
        ["https://github.com/sprache/Sprache/blob/master/licence.txt"] = "MIT",
    };

    /// <exception cref="InvalidDataException">Its license is not known.</exception>
    public static PackageMetadata Read(string folder, string name)
    {
        var nuspec = Directory.EnumerateFiles(folder, "*.nuspec").FirstOrDefault() ?? throw new InvalidDataException($"{name} has no nuspec in its folder.");
        var metadata = XDocument.Load(nuspec).Root!.Elements().First(static element => element.Name.LocalName == "metadata");

        string? Text(string element) => metadata.Elements().FirstOrDefault(candidate => candidate.Name.LocalName == element)?.Value.Trim() is { Length: > 0 } text ? text : null;

        var license = metadata.Elements().FirstOrDefault(static element => element.Name.LocalName == "license");
        var expression = license?.Attribute("type")?.Value switch
        {
            "expression" => license.Value,
            "file" when File.ReadAllText(Path.Combine(folder, license.Value)).Contains("MIT License", StringComparison.OrdinalIgnoreCase) => "MIT",
            _ => OlderLicenses.GetValueOrDefault(Text("licenseUrl") ?? ""),
        };
        return new PackageMetadata(
            expression ?? throw new InvalidDataException($"The license of {name} is not known; look at {nuspec}."),
            Text("copyright") ?? $"Copyright {Text("authors")}", Text("projectUrl"));
    }
}
