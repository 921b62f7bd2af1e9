namespace Archiver.Tests.Support;

/// <summary>Where the sources are, and what was built of them.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Release or Debug: the configuration that these tests were built in, so that the programs were too.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>Every source file of the programs, by its path from the root.</summary>
    public static IReadOnlyList<string> Sources { get; } = [.. Directory.GetFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Select(static path => Path.GetRelativePath(Root, path))
        .Where(static path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The messages of the systems that this program replaces, by file name.</summary>
    public static IEnumerable<string> Messages(string pattern) =>
        Directory.GetFiles(Path.Combine(Root, "tests/Messages"), pattern).Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public static string Message(string name) => Read(Path.Combine("tests/Messages", name));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Archiver.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No Archiver.sln above {AppContext.BaseDirectory}");
    }
}
