using Archiver.Poller.Telemetry;

namespace Archiver.Tests.Poller.Telemetry;

public sealed class TraceStateTests
{
    private static readonly string Long = "long=" + new string('x', 200);

    [Theory]
    [InlineData("vendor=1")]
    [InlineData("a=1, b=2 ,,tenant@vendor=x y")]
    public void What_is_short_stays_as_it_is(string state) => Assert.Equal(state, TraceState.Fit(state));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData("no member")]
    [InlineData("Upper=1")]
    [InlineData("a=1,b=\u0001")]
    [InlineData("a=ä")]
    public void What_is_malformed_is_dropped(string? state) => Assert.Null(TraceState.Fit(state));

    [Fact]
    public void Long_members_go_first() => Assert.Equal("a=1,b=2", TraceState.Fit($"{Long},a=1,{Long},b=2,{Long}"));

    [Fact]
    public void Then_the_last_ones_go()
    {
        var members = Enumerable.Range(0, 30).Select(static i => $"vendor{i:00}={new string('x', 20)}").ToList();

        Assert.Equal(string.Join(',', members.Take(17)), TraceState.Fit(string.Join(',', members)));
    }

    [Fact]
    public void There_are_32_members_at_most() =>
        Assert.Equal(32, TraceState.Fit(string.Join(',', Enumerable.Range(0, 40).Select(static i => $"v{i}=1")))!.Split(',').Length);

    [Fact]
    public void Nothing_is_left_of_one_huge_member() => Assert.Null(TraceState.Fit("a=" + new string('x', 131_072)));
}
