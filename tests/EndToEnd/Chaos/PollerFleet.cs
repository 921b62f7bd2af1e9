using System.Diagnostics;
using System.Globalization;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.Chaos;

/// <summary>Several pollers of one queue, of which any may be killed at any time; another takes its place.</summary>
public sealed class PollerFleet(Func<ProgramUnderTest> start) : IAsyncDisposable
{
    private readonly List<ProgramUnderTest> _pollers = [];
    private readonly List<ProgramUnderTest> _dead = [];
    private readonly List<Task> _thaws = [];

    public int PollersKilled { get; private set; }

    public int PollersFrozen { get; private set; }

    public int ProcessorsKilled { get; private set; }

    public void Start(int count) => _pollers.AddRange(Enumerable.Range(0, count).Select(_ => start()));

    /// <summary>Kills a poller, and starts another.</summary>
    public async Task KillPollerAsync(int which)
    {
        var victim = _pollers[which % _pollers.Count];
        victim.Signal("KILL");
        await victim.WaitForExitAsync();
        _pollers.Remove(victim);
        _dead.Add(victim);
        _pollers.Add(start());
        PollersKilled++;
    }

    /// <summary>Freezes a poller for so long, as a machine under pressure may.</summary>
    public void Freeze(int which, TimeSpan time)
    {
        var frozen = _pollers[which % _pollers.Count];
        frozen.Signal("STOP");
        PollersFrozen++;
        _thaws.Add(ThawAsync(frozen, time));
    }

    /// <summary>Kills a processor, when there is one at work.</summary>
    public bool TryKillProcessor(int which)
    {
        var parents = _pollers.Select(static poller => poller.ProcessId).ToHashSet();
        var children = Process.GetProcesses().Where(process => parents.Contains(ParentOf(process.Id))).Select(static process => process.Id).Order().ToList();
        if (children.Count == 0)
            return false;
        using var kill = Process.Start("kill", ["-KILL", children[which % children.Count].ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        if (kill.ExitCode == 0)
            ProcessorsKilled++;
        return kill.ExitCode == 0;
    }

    /// <summary>Stops all that are left, and tells how they ended.</summary>
    public async Task<IReadOnlyList<int>> StopAsync()
    {
        await Task.WhenAll(_thaws);
        foreach (var poller in _pollers)
            poller.Signal("TERM");
        return [.. (await Task.WhenAll(_pollers.Select(static poller => poller.WaitForExitAsync()))).Select(static end => end.ExitCode)];
    }

    /// <summary>How often the pollers said this.</summary>
    public int Count(string template) => _pollers.Concat(_dead).Sum(poller => poller.Log.Events.Count(line => line.Template.StartsWith(template, StringComparison.Ordinal)));

    public async ValueTask DisposeAsync()
    {
        foreach (var poller in _pollers.Concat(_dead))
            await poller.DisposeAsync();
    }

    private static async Task ThawAsync(ProgramUnderTest frozen, TimeSpan time)
    {
        await Task.Delay(time);
        // Without effect on one that was killed meanwhile.
        frozen.Signal("CONT");
    }

    private static int ParentOf(int processId)
    {
        try
        {
            // The fourth field; the second, a name in parentheses, may hold spaces.
            return int.Parse(File.ReadAllText($"/proc/{processId}/stat").Split(") ")[^1].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
