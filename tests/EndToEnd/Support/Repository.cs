namespace Archiver.EndToEnd.Support;

/// <summary>Where the sources and the built programs are.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Release or Debug: the configuration that these tests were built in, so that the programs were too.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>Where build.sh published the programs to be tested, from the root of the sources; null: those that were built together with the tests.</summary>
    public static string? Published { get; } = Environment.GetEnvironmentVariable("ARCHIVER_TEST_BIN") is { Length: > 0 } folder ? Path.GetFullPath(folder, Root) : null;

    public static string Poller { get; } = Program("src/Poller", "archiver-poller");

    public static string Processor { get; } = Program("src/Processor", "archiver-processor");

    public static string Cli { get; } = Program("src/Cli", "archiver");

    /// <summary>A child process that does as it is told: see tests/Dummy.</summary>
    public static string Dummy { get; } = Built("tests/Dummy", "archiver-dummy");

    private static string Program(string project, string name) => Published is null ? Built(project, name) : Path.Combine(Published, name);

    private static string Built(string project, string name) =>
        Path.Combine(Root, project, "bin", Configuration, "net10.0", OperatingSystem.IsWindows() ? name + ".exe" : name);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Archiver.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No Archiver.sln above {AppContext.BaseDirectory}");
    }
}
