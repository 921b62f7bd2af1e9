using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Programs.Settings;
using Archiver.Queues;

namespace Archiver.Cli.Demo;

/// <summary>Where the demo takes place: samples as sources, a fresh folder for queue and archives.</summary>
internal sealed record DemoPlace(string Samples, string Folder)
{
    /// <summary>The settings of the demo, for every program that takes part.</summary>
    public IReadOnlyList<string> Settings =>
    [
        $"Queue:Requests=sqlite:{Folder}/queue.db#requests",
        $"Queue:Completions=sqlite:{Folder}/queue.db#completions",
        $"Source:Location={Samples}/files",
        $"Destination:Location={Folder}/archives",
        "Destination:BaseUrl=",
        "Queue:DeadLetter=",
        "Poller:SchemaFile=",
    ];

    public QueueFactory Queues() =>
        CommonOptions.Queues(SettingsLoader.Load(new SettingsOptions { Profile = SettingsOptions.DefaultProfile, Overrides = Settings }));

    /// <exception cref="ArchiverException">Exit code 66: the samples are not there; 73: the folder cannot be made.</exception>
    public static DemoPlace Prepare()
    {
        var samples = SampleFolders().FirstOrDefault(static folder => Directory.Exists(Path.Combine(folder, "requests")))
            ?? throw new ArchiverException(ExitCode.NoInput, "There is no folder \"samples\" here; run the demo from the folder that contains it.");
        var folder = Path.GetFullPath("data/demo");
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ArchiverException(ExitCode.CannotCreate, $"{folder} cannot be made: {error.Message}", error);
        }
        return new DemoPlace(samples, folder);
    }

    private static IEnumerable<string> SampleFolders()
    {
        yield return Path.GetFullPath("samples");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, "samples");
    }
}
