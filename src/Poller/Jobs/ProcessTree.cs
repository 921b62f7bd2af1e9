
using Archiver.Programs.Boundary;

namespace Archiver.Poller.Jobs;

/// <summary>A processor and all that came of it, also what has left its process group, its session, or lost its parent.</summary>
/// <param name="leader">The processor, which leads a group of its own.</param>
/// <param name="mark">A variable that is in the environment of the processor, and in no other's.</param>
internal sealed class ProcessTree(int leader, string mark, TimeProvider time)
{
    // What forks as fast as it can is seen through in a few rounds; longer takes only what is beyond help.
    private static readonly TimeSpan LongestHunt = TimeSpan.FromSeconds(3);

    /// <summary>The processes that belong to a leader, itself included.</summary>
    /// <param name="all">All processes that there are.</param>
    /// <param name="leader">The leader of a process group.</param>
    /// <param name="self">The process that orphans come to.</param>
    /// <param name="isMarked">Whether an orphan is of this leader.</param>
    public static IReadOnlyList<ProcessEntry> Of(IReadOnlyList<ProcessEntry> all, int leader, int self, Func<int, bool> isMarked)
    {
        var members = all.Where(process => process.Id != self
            && (process.Id == leader || process.Group == leader || process.Session == leader
                || (process.Parent == self && isMarked(process.Id)))).ToList();
        var known = members.Select(static process => process.Id).ToHashSet();
        var children = all.ToLookup(static process => process.Parent);
        // The list grows while it is gone through.
        for (var i = 0; i < members.Count; i++)
            members.AddRange(children[members[i].Id].Where(child => child.Id != self && known.Add(child.Id)));
        return members;
    }

    /// <summary>Those that are alive beside the processor itself.</summary>
    public IReadOnlyList<ProcessEntry> Others() => [.. Alive().Where(process => process.Id != leader)];

    /// <summary>Kills all of it. Each is halted before the first is killed: who is halted cannot fork.</summary>
    public void Kill()
    {
        var halted = new HashSet<int>();
        // A whole group at a time: one by one, a fork could slip through.
        _ = Signals.Halt(-leader);
        for (var start = time.GetTimestamp(); time.GetElapsedTime(start) < LongestHunt;)
        {
            var fresh = Alive().Where(process => halted.Add(process.Id)).ToList();
            if (fresh.Count == 0)
                break;
            foreach (var process in fresh)
                _ = Signals.Halt(process.Id == process.Group ? -process.Group : process.Id);
        }
        _ = Signals.Kill(-leader);
        foreach (var processId in halted)
            _ = Signals.Kill(processId);
    }

    private IReadOnlyList<ProcessEntry> Alive() =>
        Of(ProcessEntry.All(), leader, Environment.ProcessId, orphan => ProcessEntry.HasVariable(orphan, mark));
}
