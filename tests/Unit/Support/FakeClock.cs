using Microsoft.Extensions.Time.Testing;

namespace Archiver.Tests.Support;

/// <summary>Lets time pass for what goes on in the background.</summary>
public static class FakeClock
{
    /// <summary>Step by step, because what goes on beside the test sets its timers when it gets that far.</summary>
    public static async Task AdvanceUntilAsync(this FakeTimeProvider clock, Func<bool> reached, TimeSpan step)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TestTask.Patience);
        while (!reached())
        {
            clock.Advance(step);
            await Task.Delay(1, patience.Token);
        }
    }
}
