using Archiver.Programs.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Contract.Settings;

/// <summary>A configuration file that changes while a program runs.</summary>
public sealed class ConfigReloadTests : IDisposable
{
    private readonly SettingsLab _lab = new SettingsLab { Watch = true }.Config("""{"Poller":{"MaxConcurrency":4}}""");
    private readonly SemaphoreSlim _changes = new(0);
    private readonly ArchiverSettings _settings;
    private readonly IDisposable _registration;

    public ConfigReloadTests()
    {
        _settings = _lab.Load();
        _registration = _settings.OnChange(() => _changes.Release());
    }

    public void Dispose()
    {
        _registration.Dispose();
        _changes.Dispose();
        _lab.Dispose();
    }

    [Fact]
    public async Task A_change_takes_effect()
    {
        _lab.Config("""{"Poller":{"MaxConcurrency":9}}""");

        await UntilAsync(9);
    }

    [Fact]
    public async Task A_mistake_leaves_everything_as_it_was_until_it_is_mended()
    {
        _lab.Config("""{"Poller":{"MaxConc""");
        await _changes.WaitAsync(TestContext.Current.CancellationToken).WithPatience();
        Assert.Equal(4, Current());

        _lab.Config("""{"Poller":{"MaxConcurrency":5}}""");
        await UntilAsync(5);
    }

    private int? Current() => _settings.Get(SettingCatalog.PollerMaxConcurrency);

    private async Task UntilAsync(int value)
    {
        while (Current() != value)
            await _changes.WaitAsync(TestContext.Current.CancellationToken).WithPatience();
    }
}
