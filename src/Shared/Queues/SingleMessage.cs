namespace Archiver.Queues;

/// <summary>The batch operations of <see cref="IMessageQueue"/>, for one message.</summary>
public static class SingleMessage
{
    /// <summary>Deletes one message.</summary>
    /// <returns>Null when it is deleted.</returns>
    public static async Task<HandleFailure?> DeleteAsync(this IMessageQueue queue, string receiptHandle, CancellationToken cancellationToken) =>
        (await queue.DeleteAsync([receiptHandle], cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    /// <summary>Hides one message for so long from now on.</summary>
    /// <returns>Null when it is done.</returns>
    public static async Task<HandleFailure?> ChangeVisibilityAsync(
        this IMessageQueue queue, string receiptHandle, TimeSpan timeout, CancellationToken cancellationToken) =>
        (await queue.ChangeVisibilityAsync([new VisibilityChange(receiptHandle, timeout)], cancellationToken).ConfigureAwait(false)).FirstOrDefault();
}
