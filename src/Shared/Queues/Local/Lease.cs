namespace Archiver.Queues.Local;

/// <summary>Who holds a message: the receipt handle of its newest receive, and until when it is hidden.</summary>
/// <param name="ReceiptHandle">Null when it was never received, or moved to another queue since.</param>
/// <param name="VisibleAt">In flight before, visible from then on.</param>
internal sealed record Lease(string? ReceiptHandle, DateTimeOffset VisibleAt)
{
    /// <summary>
    /// A message may be deleted after its visibility timeout ended, as long as nobody received it since: the work is done, and
    /// to do it again would help nobody. One that is gone already is no failure.
    /// </summary>
    /// <returns>Null when the message may be deleted.</returns>
    public static HandleFailure? RefuseDelete(string handle, Lease? lease)
    {
        if (Local.ReceiptHandle.MessageIdOf(handle) is null)
            return NotAHandle(handle);
        return lease is null || lease.ReceiptHandle == handle ? null : Overtaken(handle);
    }

    /// <returns>Null when the message's visibility may be changed.</returns>
    public static HandleFailure? RefuseChange(string handle, Lease? lease, DateTimeOffset now)
    {
        if (Local.ReceiptHandle.MessageIdOf(handle) is null)
            return NotAHandle(handle);
        if (lease is null)
            return new HandleFailure(handle, true, "the message has been deleted");
        if (lease.ReceiptHandle != handle)
            return Overtaken(handle);
        return lease.VisibleAt > now ? null : new HandleFailure(handle, true, "the visibility timeout has ended");
    }

    private static HandleFailure NotAHandle(string handle) => new(handle, true, "this is not a receipt handle of this queue");

    private static HandleFailure Overtaken(string handle) =>
        new(handle, true, "the visibility timeout ended, and the message was received again or moved to the dead-letter queue");
}
