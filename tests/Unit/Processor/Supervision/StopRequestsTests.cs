using Archiver.Processor.Supervision;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Tests.Processor.Supervision;

public sealed class StopRequestsTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(0, false)]
    [InlineData(900, false)]
    [InlineData(1000, true)]
    [InlineData(60_000, true)]
    public void A_second_request_counts_when_it_cannot_be_the_first_once_more(int milliseconds, bool insistent)
    {
        var requests = new StopRequests(_time);

        Assert.False(requests.IsInsistent());
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        Assert.Equal(insistent, requests.IsInsistent());
    }
}
