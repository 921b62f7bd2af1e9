using Archiver.Programs.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Contract.Settings;

public sealed class ArchiveSettingsTests : IDisposable
{
    private readonly SettingsLab _lab = new SettingsLab().Config("""{"Source":{"Location":"some-source"},"Destination":{"Location":"some-destination"}}""");

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void What_is_not_set_is_what_the_catalog_says() => Assert.Equal(Some.ArchiveSettings, ArchiveSettings.From(_lab.Load()));

    [Fact]
    public void A_list_of_a_million_lines_is_within_the_limits()
    {
        var settings = ArchiveSettings.From(_lab.Load());

        Assert.InRange(settings.MaxEntries, 1_000_000, int.MaxValue);
        // Long paths on both sides.
        Assert.InRange(settings.MaxListBytes, 1_000_000 * 500L, long.MaxValue);
    }
}
