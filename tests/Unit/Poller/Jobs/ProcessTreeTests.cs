using Archiver.Poller.Jobs;

namespace Archiver.Tests.Poller.Jobs;

public sealed class ProcessTreeTests
{
    private const int Poller = 10;
    private const int Leader = 100;
    private const int Marked = 900;

    private static readonly ProcessEntry[] Everything =
    [
        new(1, 0, 1, 1), new(Poller, 1, 5, 5), new(11, Poller, 5, 5),
        new(Leader, Poller, Leader, 5), new(101, Leader, Leader, 5),
        new(200, Poller, 200, 5), new(201, 200, 200, 5),
    ];

    [Theory]
    [InlineData("a child", 300, 101, Leader, 5, true)]
    [InlineData("a child in a group of its own", 300, 101, 300, 5, true)]
    [InlineData("a child in a session of its own", 300, 101, 300, 300, true)]
    [InlineData("an orphan in the group", 300, Poller, Leader, 5, true)]
    [InlineData("an orphan of which only the session is left", 300, Poller, 300, Leader, true)]
    [InlineData("an orphan that went to another reaper", 300, 1, Leader, 5, true)]
    [InlineData("an orphan that has left everything but carries the mark", Marked, Poller, Marked, Marked, true)]
    [InlineData("an orphan that carries no mark", 300, Poller, 300, 300, false)]
    [InlineData("a marked process that somebody else started", Marked, 1, Marked, Marked, false)]
    [InlineData("a child of another processor", 300, 201, 200, 5, false)]
    [InlineData("a child of the poller's own", 300, Poller, 5, 5, false)]
    public void A_process_belongs_to_the_tree_by_descent_group_session_or_mark(string what, int id, int parent, int group, int session, bool belongs)
    {
        var members = Of(new ProcessEntry(id, parent, group, session));

        Assert.True(belongs == members.Contains(id), what);
        Assert.Equal([Leader, 101], members.Where(member => member != id));
    }

    [Fact]
    public void Descendants_of_an_orphan_belong_to_it_too() =>
        Assert.Equal([Leader, 101, Marked, 901, 902], Of(new ProcessEntry(Marked, Poller, Marked, Marked), new ProcessEntry(901, Marked, 901, 901), new ProcessEntry(902, 901, 902, 902)).Order());

    [Fact]
    public void The_poller_itself_never_does() => Assert.DoesNotContain(Poller, ProcessTree.Of([new(Poller, Leader, Leader, Leader), new(Leader, Poller, Leader, 5)], Leader, Poller, static _ => true).Select(static process => process.Id));

    [Theory]
    [InlineData("42 (sleep) S 7 40 39 0 -1 4194304 94 0", 42, 7, 40, 39)]
    [InlineData("42 (a) b (c) R 7 40 39 0 -1 4194304 94 0", 42, 7, 40, 39)]
    [InlineData("42 (\n1 2 3 4) S 7 40 39 0", 42, 7, 40, 39)]
    public void A_line_of_proc_is_read_whatever_the_name(string stat, int id, int parent, int group, int session) =>
        Assert.Equal(new ProcessEntry(id, parent, group, session), ProcessEntry.TryParse(stat));

    [Theory]
    [InlineData("42 (sleep) Z 7 40 39 0 -1 4194304 94 0")]
    [InlineData("42 (sleep) X 7 40 39 0 -1 4194304 94 0")]
    [InlineData("")]
    public void What_has_ended_is_none(string stat) => Assert.Null(ProcessEntry.TryParse(stat));

    [Fact]
    public void This_process_is_among_all_of_them()
    {
        var self = Assert.Single(ProcessEntry.All(), static process => process.Id == Environment.ProcessId);

        Assert.True(ProcessEntry.HasVariable(self.Id, "PATH="));
        Assert.False(ProcessEntry.HasVariable(self.Id, $"NO_SUCH_VARIABLE={self.Id}"));
    }

    private static IReadOnlyList<int> Of(params ProcessEntry[] more) =>
        [.. ProcessTree.Of([.. Everything, .. more], Leader, Poller, static id => id == Marked).Select(static process => process.Id)];
}
