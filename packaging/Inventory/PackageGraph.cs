using System.Text.Json;

namespace Archiver.Inventory;

/// <summary>Finds the packages of which something is published, from what the restore of each project wrote down.</summary>
internal static class PackageGraph
{
    // Compiled into a native binary, though no project refers to it.
    private const string NativeRuntime = ".NativeAOT.";

    private static readonly string[] PublishedKinds = ["runtime", "native"];

    /// <summary>All packages of all projects, by name and version.</summary>
    /// <exception cref="InvalidDataException">A package is not where it should be, or its license is not known.</exception>
    public static IReadOnlyList<Package> Read(IReadOnlyList<string> assetsFiles) =>
        [.. assetsFiles.SelectMany(ReadProject).DistinctBy(static package => package.Url).OrderBy(static package => package.Url, StringComparer.Ordinal)];

    private static List<Package> ReadProject(string assetsFile)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(assetsFile));
        var assets = document.RootElement;
        var roots = assets.GetProperty("packageFolders").EnumerateObject().Select(static folder => folder.Name).ToList();
        // The one with a runtime identifier says what is published; the other what is compiled against.
        var target = assets.GetProperty("targets").EnumerateObject().OrderByDescending(static target => target.Name.Length).First().Value;
        var libraries = assets.GetProperty("libraries");

        var packages = new List<Package>();
        foreach (var library in target.EnumerateObject().Where(static library => library.Value.GetProperty("type").ValueEquals("package") && IsPublished(library.Value)))
        {
            var (name, version) = Split(library.Name);
            packages.Add(Describe(name, version, roots, libraries.GetProperty(library.Name).GetProperty("sha512").GetString(), DependenciesOf(library.Value)));
        }
        foreach (var (name, version) in RuntimePacks(assets))
            packages.Add(Describe(name, version, roots, null, []));
        return packages;
    }

    private static bool IsPublished(JsonElement library) =>
        PublishedKinds.Any(kind => library.TryGetProperty(kind, out var files) && files.EnumerateObject().Any(static file => !file.Name.EndsWith("/_._", StringComparison.Ordinal)));

    private static List<string> DependenciesOf(JsonElement library) =>
        library.TryGetProperty("dependencies", out var dependencies) ? [.. dependencies.EnumerateObject().Select(static dependency => dependency.Name)] : [];

    private static IEnumerable<(string Name, string Version)> RuntimePacks(JsonElement assets) =>
        from framework in assets.GetProperty("project").GetProperty("frameworks").EnumerateObject()
        where framework.Value.TryGetProperty("downloadDependencies", out _)
        from download in framework.Value.GetProperty("downloadDependencies").EnumerateArray()
        let name = download.GetProperty("name").GetString()!
        where name.Contains(NativeRuntime, StringComparison.Ordinal)
        select (name, download.GetProperty("version").GetString()!.Trim('[', ']').Split(',')[0]);

    private static (string Name, string Version) Split(string library) => library.Split('/') is [var name, var version] ? (name, version) : throw new InvalidDataException($"{library} is not NAME/VERSION.");

    private static Package Describe(string name, string version, List<string> roots, string? sha512, List<string> dependencies)
    {
#pragma warning disable CA1308 // The folders of packages have lower-case names.
        var below = Path.Combine(name.ToLowerInvariant(), version.ToLowerInvariant());
#pragma warning restore CA1308
        var folder = roots.Select(root => Path.Combine(root, below)).FirstOrDefault(Directory.Exists) ?? throw new InvalidDataException($"{name} {version} is not among the restored packages.");
        return new Package(
            name, version, folder, sha512 is null ? null : Convert.ToHexStringLower(Convert.FromBase64String(sha512)), dependencies, PackageMetadata.Read(folder, name));
    }
}
