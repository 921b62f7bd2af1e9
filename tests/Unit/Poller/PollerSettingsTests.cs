using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller;
using Archiver.Tests.Support;

namespace Archiver.Tests.Poller;

public sealed class PollerSettingsTests
{
    private const long Mebibyte = 1 << 20;

    [Theory]
    [InlineData(null, "64MiB", 1024 + 85)]
    [InlineData(null, "768MiB", 1024 + 1024)]
    [InlineData("512MiB", "64MiB", 512)]
    [InlineData("none", "64MiB", null)]
    [InlineData("None", "64MiB", null)]
    public void A_processor_has_a_memory_limit_unless_it_is_turned_off(string? limit, string budget, int? mebibytes) =>
        Assert.Equal(mebibytes, From(limit, budget).ProcessorLimits.Memory / Mebibyte);

    [Theory]
    [InlineData("64MiB", "64MiB")]
    [InlineData("127MiB", "64MiB")]
    [InlineData("1GiB", "1GiB")]
    public void A_limit_that_leaves_no_room_beside_the_buffers_is_refused(string limit, string budget) =>
        Assert.Equal(ExitCode.Config, Assert.Throws<ArchiverException>(() => From(limit, budget)).ExitCode);

    [Theory]
    [InlineData("0")]
    [InlineData("nothing")]
    [InlineData("1MiB")]
    public void No_other_word_turns_it_off(string limit) => Assert.Equal(ExitCode.Config, Assert.Throws<ArchiverException>(() => From(limit, "64MiB")).ExitCode);

    private static PollerSettings From(string? limit, string budget)
    {
        using var lab = new SettingsLab();
        lab.Overrides.Add($"Processor:MemoryBudget={budget}");
        if (limit is not null)
            lab.Overrides.Add($"Processor:MemoryLimit={limit}");
        return PollerSettings.From(lab.Load());
    }
}
