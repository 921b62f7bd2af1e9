using System.Diagnostics;

namespace Archiver.EndToEnd.Support;

/// <summary>Waits for something that another process brings about, by asking again and again.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns what the probe finds; fails when it has found nothing in time (30 s by default).</summary>
    public static async Task<T> GetAsync<T>(string what, Func<Task<T?>> probe, TimeSpan? within = null)
        where T : class
    {
        var limit = within ?? TimeSpan.FromSeconds(30);
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (await probe() is { } found)
                return found;
            if (clock.Elapsed >= limit)
                throw new TimeoutException($"Not within {limit.TotalSeconds:0.#} s: {what}");
            await Task.Delay(Interval, TestContext.Current.CancellationToken);
        }
    }

    public static Task IsTrueAsync(string what, Func<Task<bool>> probe, TimeSpan? within = null) =>
        GetAsync(what, async () => await probe() ? what : null, within);

    public static Task IsTrueAsync(string what, Func<bool> probe, TimeSpan? within = null) =>
        IsTrueAsync(what, () => Task.FromResult(probe()), within);
}
