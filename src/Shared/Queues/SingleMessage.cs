namespace Archiver.Queues;

/// <summary>The batch operations of <see cref="IMessageQueue"/>, for one message.</summary>
public static class SingleMessage
{
    /// <summary>Deletes one message.</summary>
    /// <returns>Null if it was deleted.</returns>
    public static async Task<HandleFailure?> DeleteAsync(
        this IMessageQueue queue, string receiptHandle, CancellationToken cancellationToken) =>
        (await queue.DeleteAsync([receiptHandle], cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    /// <summary>Hides one message for a time that starts now.</summary>
    /// <returns>Null if it succeeded.</returns>
    public static async Task<HandleFailure?> ChangeVisibilityAsync(
        this IMessageQueue queue, string receiptHandle, TimeSpan timeout, CancellationToken cancellationToken) =>
        (await queue.ChangeVisibilityAsync([new VisibilityChange(receiptHandle, timeout)], cancellationToken).ConfigureAwait(false))
            .FirstOrDefault();
}
