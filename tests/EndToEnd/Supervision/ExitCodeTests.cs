using System.Globalization;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.Supervision;

/// <summary>A message whose processor ends with each code of the table ends where the table says.</summary>
public abstract class ExitCodeTests(ExitCodeRun run)
{
    public static TheoryData<int> Released => [.. ExitCodeRun.Released];

    public static TheoryData<int> GivenBackAtOnce => [.. ExitCodeRun.GivenBackAtOnce];

    public static TheoryData<int> Rejected => [.. ExitCodeRun.Rejected];

    [Fact]
    public void Code_0_is_completed_and_deleted()
    {
        Assert.Equal(["Received", "Archived"], StoryOf(0));
        Assert.True(Assert.Single(run.Completions, message => message.AipId == "code0").Success);
    }

    [Theory]
    [MemberData(nameof(Released))]
    public void Released_with_a_delay_and_seen_again_later(int code)
    {
        Assert.Equal(["Received", "Released", "Received", "Archived"], StoryOf(code));
        Assert.InRange(DelayOf(code), TimeSpan.FromTicks(1), TimeSpan.FromSeconds(1));
    }

    [Theory]
    [MemberData(nameof(GivenBackAtOnce))]
    public void Stopped_is_given_back_at_once(int code)
    {
        Assert.Equal(["Received", "Released", "Received", "Archived"], StoryOf(code));
        Assert.Equal(TimeSpan.Zero, DelayOf(code));
    }

    [Theory]
    [MemberData(nameof(Released))]
    [MemberData(nameof(GivenBackAtOnce))]
    public void The_receive_count_is_kept_and_only_the_end_is_told(int code)
    {
        var counts = LinesOf(code).Where(static line => line.Template.StartsWith("Received", StringComparison.Ordinal)).Select(static line => line.Text("ReceiveCount"));

        Assert.Equal(["1", "2"], counts);
        Assert.True(Assert.Single(run.Completions, message => message.AipId == ExitCodeRun.AipOf(code)).Success);
    }

    [Theory]
    [MemberData(nameof(Rejected))]
    public void Rejected_is_told_and_put_into_the_dead_letter_queue_with_its_reason(int code)
    {
        Assert.Equal(["Received", "Rejected"], StoryOf(code));
        var completion = Assert.Single(run.Completions, message => message.AipId == ExitCodeRun.AipOf(code));
        var dead = Assert.Single(run.DeadLetters, message => message.AipId == ExitCodeRun.AipOf(code));

        Assert.False(completion.Success);
        Assert.Equal($"{code}", completion.Text("error.exit_code"));
        Assert.Equal($"The dummy was told to end with {code}.", completion.Text("error.detail"));
        Assert.Equal($"{code}", dead.ExitCode);
        Assert.Equal($"The dummy was told to end with {code}.", dead.Reason);
    }

    [Fact]
    public void Nothing_else_is_anywhere()
    {
        Assert.Equal(0, run.PollerExitCode);
        Assert.Empty(run.Left);
        Assert.Equal(ExitCodeRun.Rejected.Length, run.DeadLetters.Count);
        Assert.Equal(1 + ExitCodeRun.Released.Length + ExitCodeRun.GivenBackAtOnce.Length + ExitCodeRun.Rejected.Length, run.Completions.Count);
    }

    private IEnumerable<string> StoryOf(int code) => LinesOf(code).Select(static line => line.Template.Split([' ', ',', ':'])[0]);

    private TimeSpan DelayOf(int code) => TimeSpan.Parse(
        LinesOf(code).Single(static line => line.Template.StartsWith("Released", StringComparison.Ordinal)).Text("Delay")!, CultureInfo.InvariantCulture);

    private IEnumerable<LogEvent> LinesOf(int code) => run.Log.Where(line => line.AipId == ExitCodeRun.AipOf(code));
}

public sealed class ExitCodeOnSqsTests(ExitCodesOnSqs run) : ExitCodeTests(run), IClassFixture<ExitCodesOnSqs>;

public sealed class ExitCodeOnSqliteTests(ExitCodesOnSqlite run) : ExitCodeTests(run), IClassFixture<ExitCodesOnSqlite>;
