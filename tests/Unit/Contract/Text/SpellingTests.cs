using Archiver.Contract.Text;

namespace Archiver.Tests.Contract.Text;

public sealed class SpellingTests
{
    private static readonly string[] Known = ["send", "receive", "Poller__MaxConcurrency", "Queue__Requests"];

    [Theory]
    [InlineData("sned", "send")]
    [InlineData("sen", "send")]
    [InlineData("SEND", "send")]
    [InlineData("recieve", "receive")]
    [InlineData("Poller__MaxConcurency", "Poller__MaxConcurrency")]
    [InlineData("POLLER__MAXCONCURRENCY", "Poller__MaxConcurrency")]
    [InlineData("Queue__Request", "Queue__Requests")]
    [InlineData("x", null)]
    [InlineData("", null)]
    [InlineData("list", null)]
    [InlineData("Queue__Completions", null)]
    public void The_nearest_name_is_found_if_it_is_near(string given, string? nearest) =>
        Assert.Equal(nearest, Spelling.Nearest(given, Known));

    [Fact]
    public void A_name_of_any_length_is_answered_at_once() => Assert.Null(Spelling.Nearest(new string('x', 1_000_000), Known));
}
