using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

/// <summary>One poller, and for every exit code a request whose processor ends with it the first time and with 0 the second.</summary>
public abstract class ExitCodeRun(SiteKind kind) : IAsyncLifetime
{
    /// <summary>Below zero: death by that signal.</summary>
    public static readonly int[] Released = [64, 69, 70, 73, 75, 77, 137, 42, -9];

    public static readonly int[] GivenBackAtOnce = [130, 143, -15];

    public static readonly int[] Rejected = [65, 66];

    private Site _site = null!;

    public IReadOnlyList<LogEvent> Log { get; private set; } = [];

    public int PollerExitCode { get; private set; }

    public IReadOnlyList<SeenMessage> Completions { get; private set; } = [];

    public IReadOnlyList<SeenMessage> DeadLetters { get; private set; } = [];

    public IReadOnlyList<SeenMessage> Left { get; private set; } = [];

    public static string AipOf(int code) => code < 0 ? $"signal{-code}" : $"code{code}";

    public async ValueTask InitializeAsync()
    {
        _site = await Site.CreateAsync(kind);
        int[] all = [0, .. Released, .. GivenBackAtOnce, .. Rejected];
        foreach (var code in all)
            await _site.Requests.SendAsync(DummyRequest.For(AipOf(code), new { exits = (int[])[code, 0], record = _site.Register.Folder }));

        await using var poller = _site.StartPollerOfDummies("", ("Poller__BackoffBase", "1s"), ("Poller__BackoffMax", "1s"));
        await poller.LogsAsync("Archived", times: all.Length - Rejected.Length);
        await poller.LogsAsync("Rejected", times: Rejected.Length);
        poller.Signal("TERM");
        PollerExitCode = (await poller.WaitForExitAsync()).ExitCode;

        Log = poller.Log.Events;
        Completions = await _site.Completions.TakeAllAsync();
        DeadLetters = await _site.DeadLetters.TakeAllAsync();
        Left = await _site.Requests.TakeAllAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

public sealed class ExitCodesOnSqs() : ExitCodeRun(SiteKind.SqsAndS3);

public sealed class ExitCodesOnSqlite() : ExitCodeRun(SiteKind.SqliteAndFolders);
