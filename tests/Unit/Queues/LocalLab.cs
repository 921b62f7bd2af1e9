using Microsoft.Extensions.Time.Testing;

namespace Archiver.Tests.Queues;

/// <summary>A lab with a fake clock.</summary>
public abstract class LocalLab : QueueLab
{
    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));

    public override Task PassTimeAsync(TimeSpan time)
    {
        Clock.Advance(time);
        return Task.CompletedTask;
    }

    /// <summary>Moves the clock forward or back without any time passing.</summary>
    public void SetClock(TimeSpan by) => Clock.AdjustTime(Clock.GetUtcNow() + by);

    protected static string NewName(bool fifo) => $"q{Guid.NewGuid():N}" + (fifo ? ".fifo" : "");

    /// <summary>Lets time pass in small steps until the task ends.</summary>
    public async Task<T> UntilAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        return await task;
    }
}
