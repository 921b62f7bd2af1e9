namespace Archiver.Inventory;

/// <summary>A package of which something is in the release.</summary>
/// <param name="Name">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Folder">Where it is unpacked.</param>
/// <param name="Sha512">Of the package file, in hexadecimal; null when unknown.</param>
/// <param name="Dependencies">The names of those that it needs.</param>
/// <param name="Metadata">What it says of itself.</param>
internal sealed record Package(string Name, string Version, string Folder, string? Sha512, IReadOnlyList<string> Dependencies, PackageMetadata Metadata)
{
    /// <summary>https://github.com/package-url/purl-spec</summary>
    public string Url => $"pkg:nuget/{Name}@{Version}";
}
