namespace Archiver.Tests.Support;

/// <summary>Waits that end, one way or the other.</summary>
public static class TestTask
{
    /// <summary>Long enough for any machine, short enough to tell a dead-lock.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    public static Task WithPatience(this Task task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    public static Task<T> WithPatience<T>(this Task<T> task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);
}
