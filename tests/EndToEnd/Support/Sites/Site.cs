using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.Support.Sites;

/// <summary>A place for the programs to work in: queues, sources and archives of a test's own, and a folder to run in.</summary>
public abstract class Site : IAsyncDisposable
{
    public TestFolder Folder { get; } = new();

    public Register Register => field ??= new Register(Folder.Folder("register"));

    public abstract ITestQueue Requests { get; }

    public abstract ITestQueue Completions { get; }

    /// <summary>Empty when the site was made without.</summary>
    public abstract ITestQueue DeadLetters { get; }

    /// <summary>What tells the programs about this site: environment variables.</summary>
    public abstract IReadOnlyDictionary<string, string?> Settings { get; }

    public static async Task<Site> CreateAsync(SiteKind kind, SiteOptions? options = null) =>
        kind == SiteKind.SqsAndS3 ? await SqsSite.CreateAsync(options ?? new SiteOptions()) : LocalSite.Create(options ?? new SiteOptions());

    public abstract Task PutSourceAsync(string key, byte[] content);

    /// <summary>The keys of everything in the destination.</summary>
    public abstract Task<IReadOnlyList<string>> ListArchivesAsync();

    public abstract Task<byte[]> GetArchiveAsync(string key);

    /// <summary>The key of an archive by the URI that its completion names.</summary>
    public abstract string KeyOf(string uri);

    public ProgramUnderTest StartPoller(string arguments = "", params (string Name, string? Value)[] settings) =>
        ProgramUnderTest.Start(Repository.Poller, Split(arguments), Folder.Path, With(settings));

    /// <summary>A poller whose processor is tests/Dummy.</summary>
    public ProgramUnderTest StartPollerOfDummies(string arguments = "", params (string Name, string? Value)[] settings) =>
        StartPoller(arguments, [("Processor__Path", Repository.Dummy), .. settings]);

    public Task<ProgramEnd> RunCliAsync(IEnumerable<string> arguments, string? input = null) =>
        ProgramUnderTest.RunAsync(Repository.Cli, arguments, Folder.Path, Settings, input);

    public virtual ValueTask DisposeAsync()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private static string[] Split(string arguments) => arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private Dictionary<string, string?> With((string Name, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>(Settings);
        foreach (var (name, value) in settings)
            all[name] = value;
        return all;
    }
}
