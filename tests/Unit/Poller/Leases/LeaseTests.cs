using Archiver.Poller.Leases;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Tests.Poller.Leases;

public sealed class LeaseTests : IDisposable
{
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _clock = new();
    private readonly Lease _lease;

    public LeaseTests() => _lease = new Lease("some-handle", Visibility, _clock);

    public void Dispose() => _lease.Dispose();

    [Fact]
    public void Held_until_the_receive_no_longer_hides_the_message()
    {
        Assert.Equal(LeaseState.Held, _lease.State);
        _clock.Advance(Visibility - TimeSpan.FromSeconds(1));
        Assert.False(_lease.Lost.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(LeaseState.Lost, _lease.State);
        Assert.True(_lease.Lost.IsCancellationRequested);
    }

    [Fact]
    public void Renewed_until_the_extension_no_longer_hides_it()
    {
        _clock.Advance(TimeSpan.FromSeconds(20));
        _lease.Renew(_clock.GetUtcNow() + Visibility);
        Assert.Equal(LeaseState.Renewed, _lease.State);
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(LeaseState.Renewed, _lease.State);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(LeaseState.Lost, _lease.State);
    }

    [Fact]
    public void In_doubt_it_ends_when_it_was_known_to_end()
    {
        Assert.True(_lease.Doubt());
        Assert.False(_lease.Doubt());
        Assert.Equal(LeaseState.Unknown, _lease.State);
        _clock.Advance(Visibility);

        Assert.Equal(LeaseState.Lost, _lease.State);
    }

    [Fact]
    public void A_doubt_ends_with_an_extension()
    {
        _lease.Doubt();
        _lease.Renew(_clock.GetUtcNow() + Visibility);

        Assert.Equal(LeaseState.Renewed, _lease.State);
        Assert.True(_lease.Doubt());
    }

    [Fact]
    public void What_is_lost_stays_lost()
    {
        _lease.Lose();
        _lease.Renew(_clock.GetUtcNow() + Visibility);

        Assert.Equal(LeaseState.Lost, _lease.State);
    }

    [Fact]
    public void An_extension_that_came_too_late_is_a_loss()
    {
        _lease.Renew(_clock.GetUtcNow() - TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(LeaseState.Lost, _lease.State);
    }

    [Fact]
    public void No_message_is_hidden_for_more_than_twelve_hours()
    {
        var received = _clock.GetUtcNow();
        var end = received;
        while (_lease.State != LeaseState.Lost)
        {
            _clock.Advance(Visibility / 3);
            if (_lease.State == LeaseState.Lost || _lease.NextExtension(Visibility) is not { } extension)
                continue;
            end = _clock.GetUtcNow() + extension;
            _lease.Renew(end);
        }

        Assert.InRange(end - received, TimeSpan.FromHours(12) - TimeSpan.FromMinutes(1), TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Assert.InRange(_clock.GetUtcNow() - end, TimeSpan.Zero, Visibility);
    }

    [Property]
    public void An_extension_is_whole_seconds_within_what_is_left(ushort visibilitySeconds, uint leftMilliseconds)
    {
        var (visibility, left) = (TimeSpan.FromSeconds(visibilitySeconds), TimeSpan.FromMilliseconds(leftMilliseconds));
        var extension = LeaseTerms.Extension(visibility, left);

        if (visibility < TimeSpan.FromSeconds(1) || left < TimeSpan.FromSeconds(1))
            Assert.Null(extension);
        else
        {
            Assert.Equal(0, extension!.Value.Ticks % TimeSpan.TicksPerSecond);
            Assert.InRange(extension.Value, TimeSpan.FromSeconds(1), visibility < left ? visibility : left);
        }
    }
}
