using Archiver.Inventory;

// archiver-inventory VERSION TIME FOLDER ASSETS...: TIME in seconds since 1970; ASSETS are the project.assets.json of what is released.
if (args.Length < 4 || !long.TryParse(args[1], out var seconds))
{
    await Console.Error.WriteLineAsync("usage: archiver-inventory VERSION TIME FOLDER ASSETS...").ConfigureAwait(false);
    return 64;
}

try
{
    var packages = PackageGraph.Read(args[3..]);
    await File.WriteAllTextAsync(Path.Combine(args[2], "sbom.cdx.json"), BillOfMaterials.Write(args[0], DateTimeOffset.FromUnixTimeSeconds(seconds), packages)).ConfigureAwait(false);
    await File.WriteAllTextAsync(Path.Combine(args[2], "THIRD-PARTY-LICENSES.txt"), LicenseTexts.Write(packages)).ConfigureAwait(false);
    return 0;
}
catch (InvalidDataException error)
{
    await Console.Error.WriteLineAsync($"archiver-inventory: {error.Message}").ConfigureAwait(false);
    return 65;
}
