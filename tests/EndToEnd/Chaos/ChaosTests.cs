namespace Archiver.EndToEnd.Chaos;

/// <summary>The promise under faults and kills. bench/chaos.sh runs it longer.</summary>
public sealed class ChaosTests
{
    [Fact]
    public async Task Whatever_fails_and_whoever_is_killed_nothing_is_lost()
    {
        var options = new ChaosOptions();
        await using var run = new ChaosRun(options);

        await AssertHoldsAsync(await run.RunAsync(), options);
    }

    [Fact]
    public async Task Poisoned_messages_harm_nobody_else()
    {
        var options = new ChaosOptions();
        await AssertHoldsAsync(await new PoisonRun(options).RunAsync(options.Rounds), options);
    }

    [Fact]
    public async Task Every_mutated_message_comes_to_its_end()
    {
        var options = new ChaosOptions();
        await using var run = new MutationRun(options);

        await AssertHoldsAsync(await run.RunAsync(), options);
    }

    private static async Task AssertHoldsAsync(ChaosReport report, ChaosOptions options)
    {
        TestContext.Current.TestOutputHelper!.WriteLine(report.ToString());
        if (options.Report is { } file)
            await File.WriteAllTextAsync(file, report.ToString(), TestContext.Current.CancellationToken);
        Assert.Empty(report.Violations);
    }
}
