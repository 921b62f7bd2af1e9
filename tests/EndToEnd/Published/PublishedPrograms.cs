using Archiver.EndToEnd.Support;

namespace Archiver.EndToEnd.Published;

/// <summary>What build.sh publishes: the folder that ARCHIVER_TEST_BIN names, else one that is built for these tests.</summary>
public sealed class PublishedPrograms : IAsyncLifetime
{
    private readonly TestFolder _built = new();

    public string Folder { get; private set; } = "";

    public string Poller => Path.Combine(Folder, "archiver-poller");

    public string Processor => Path.Combine(Folder, "archiver-processor");

    public string Cli => Path.Combine(Folder, "archiver");

    public async ValueTask InitializeAsync()
    {
        Folder = Repository.Published ?? _built["bin"];
        if (Repository.Published is null)
            await BuildScript.RunAsync([Folder]);
    }

    public ValueTask DisposeAsync()
    {
        _built.Dispose();
        return ValueTask.CompletedTask;
    }
}
