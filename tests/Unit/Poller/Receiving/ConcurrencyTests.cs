using Archiver.Poller.Receiving;
using Archiver.Programs.Settings;
using Archiver.Tests.Support;
using Serilog.Core;

namespace Archiver.Tests.Poller.Receiving;

public sealed class ConcurrencyTests
{
    private int _limit = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_free_is_the_limit_without_what_is_taken()
    {
        var slots = new ConcurrencySlots(() => _limit);

        Assert.Equal(3, await slots.WaitForFreeAsync(Token));
        slots.Take();
        Assert.Equal(2, await slots.WaitForFreeAsync(Token));
    }

    [Fact]
    public async Task Who_finds_none_free_waits_for_one()
    {
        _limit = 1;
        var slots = new ConcurrencySlots(() => _limit);
        slots.Take();
        var waiting = slots.WaitForFreeAsync(Token);
        Assert.False(waiting.IsCompleted);

        slots.Free();

        Assert.Equal(1, await waiting.WithPatience());
    }

    [Fact]
    public async Task A_limit_that_grows_frees_those_who_wait()
    {
        _limit = 1;
        var slots = new ConcurrencySlots(() => _limit);
        slots.Take();
        var waiting = slots.WaitForFreeAsync(Token);

        _limit = 4;
        slots.Recount();

        Assert.Equal(3, await waiting.WithPatience());
    }

    [Fact]
    public async Task A_limit_below_what_is_taken_lets_nobody_in_until_enough_is_free()
    {
        var slots = new ConcurrencySlots(() => _limit);
        for (var i = 0; i < 3; i++)
            slots.Take();
        _limit = 2;
        slots.Recount();
        var waiting = slots.WaitForFreeAsync(Token);

        slots.Free();
        Assert.False(waiting.IsCompleted);

        slots.Free();
        Assert.Equal(1, await waiting.WithPatience());
    }

    [Fact]
    public async Task Waiting_can_be_given_up()
    {
        _limit = 0;
        using var stop = new CancellationTokenSource();
        var waiting = new ConcurrencySlots(() => _limit).WaitForFreeAsync(stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task The_limit_follows_the_configuration_file()
    {
        using var lab = new SettingsLab { Watch = true }.Config("""{"Poller":{"MaxConcurrency":2}}""");
        await using var limit = new ConcurrencyLimit(lab.Load(), Logger.None);
        var changed = new TaskCompletionSource();
        limit.Changed = changed.SetResult;
        Assert.Equal(2, limit.Current);

        lab.Config("""{"Poller":{"MaxConcurrency":7}}""");

        await changed.Task.WithPatience();
        Assert.Equal(7, limit.Current);
    }

    [Fact]
    public async Task A_limit_that_is_no_number_leaves_it_as_it_was()
    {
        using var lab = new SettingsLab { Watch = true }.Config("""{"Poller":{"MaxConcurrency":2}}""");
        var settings = lab.Load();
        await using var limit = new ConcurrencyLimit(settings, Logger.None);
        var reread = new TaskCompletionSource();
        using var registration = settings.OnChange(() =>
        {
            if (settings.Find(SettingCatalog.PollerMaxConcurrency).Value == "many")
                reread.TrySetResult();
        });

        lab.Config("""{"Poller":{"MaxConcurrency":"many"}}""");

        await reread.Task.WithPatience();
        Assert.Equal(2, limit.Current);
    }
}
