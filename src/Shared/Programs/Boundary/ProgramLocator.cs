using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Programs.Boundary;

/// <summary>Finds another program of this project: at the configured path, else next to this one, else where the build put it.</summary>
public static class ProgramLocator
{
    public const string Processor = "archiver-processor";

    public const string Poller = "archiver-poller";

    /// <summary>The full path of a program.</summary>
    /// <param name="name"><see cref="Processor"/> or <see cref="Poller"/>.</param>
    /// <param name="configured">The value of the setting; null if it is not set.</param>
    /// <exception cref="ArchiverException">Exit code 78: it does not exist.</exception>
    public static string Find(string name, string? configured = null)
    {
        if (configured is not null)
            return File.Exists(configured)
                ? Path.GetFullPath(configured)
                : throw new ArchiverException(ExitCode.Config, $"{name} was expected at \"{configured}\", but there is no such file.");
        var here = AppContext.BaseDirectory.TrimEnd('/');
        return new[] { here, BuildFolderOf(name, here) }.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new ArchiverException(ExitCode.Config, $"{name} is not in {here}; put it there, or build it with ./build.sh.");
    }

    // src/Poller/bin/Debug/net10.0 lies beside src/Processor/bin/Debug/net10.0.
    private static string BuildFolderOf(string name, string here)
    {
        var project = name == Processor ? "Processor" : "Poller";
        var configuration = Path.GetFileName(Path.GetDirectoryName(here)) ?? "";
        return Path.GetFullPath(Path.Combine(here, "../../../..", project, "bin", configuration, Path.GetFileName(here)));
    }
}
