using Archiver.Queues.Local;

namespace Archiver.EndToEnd.Support.Sites;

/// <summary>Queues in a SQLite file, sources and archives in folders.</summary>
public sealed class LocalSite : Site
{
    private readonly SqliteTestQueue _requests;
    private readonly SqliteTestQueue _completions;
    private readonly SqliteTestQueue _deadLetters;

    private LocalSite(SiteOptions options)
    {
        var local = new LocalQueueOptions { VisibilityTimeout = options.VisibilityTimeout, MaxReceiveCount = options.MaxReceiveCount ?? 5 };
        var suffix = options.Fifo ? ".fifo" : "";
        // A queue on this machine has a dead-letter queue unless it is one itself.
        var name = options.MaxReceiveCount is null ? "requests-dead" : "requests";
        _requests = new SqliteTestQueue($"sqlite:{Folder["queue.db"]}#{name}{suffix}", local);
        _completions = new SqliteTestQueue($"sqlite:{Folder["queue.db"]}#completions", local);
        _deadLetters = new SqliteTestQueue($"sqlite:{Folder["queue.db"]}#{(options.MaxReceiveCount is null ? "nobody" : "requests")}-dead{suffix}", local);
        Folder.Folder("sources");
    }

    public override ITestQueue Requests => _requests;

    public override ITestQueue Completions => _completions;

    public override ITestQueue DeadLetters => _deadLetters;

    public override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Queue__Requests"] = _requests.Location,
        ["Queue__Completions"] = _completions.Location,
        ["Source__Location"] = Folder["sources"],
        ["Destination__Location"] = Folder["archives"],
        ["Queue__WaitTime"] = "1s",
    };

    public static LocalSite Create(SiteOptions options) => new(options);

    public override Task PutSourceAsync(string key, byte[] content)
    {
        Folder.Put($"sources/{key}", content);
        return Task.CompletedTask;
    }

    public override Task<IReadOnlyList<string>> ListArchivesAsync()
    {
        var folder = Folder.Folder("archives");
        return Task.FromResult<IReadOnlyList<string>>(
            [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file))]);
    }

    public override Task<byte[]> GetArchiveAsync(string key) => File.ReadAllBytesAsync(Folder[$"archives/{key}"]);

    public override string KeyOf(string uri) => Path.GetRelativePath(Folder["archives"], new Uri(uri).LocalPath);

    public override async ValueTask DisposeAsync()
    {
        await _requests.DisposeAsync();
        await _completions.DisposeAsync();
        await _deadLetters.DisposeAsync();
        await base.DisposeAsync();
    }
}
