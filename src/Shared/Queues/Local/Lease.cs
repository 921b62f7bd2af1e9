namespace Archiver.Queues.Local;

/// <summary>Who holds a message: the receipt handle of its newest receive, and how long it stays hidden.</summary>
/// <param name="ReceiptHandle">Null if it was never received, or has moved to another queue since.</param>
/// <param name="VisibleAt">In flight before, visible from then on.</param>
internal sealed record Lease(string? ReceiptHandle, DateTimeOffset VisibleAt)
{
    /// <summary>
    /// A message may be deleted after its visibility timeout as long as nobody has received it since: its work is done and need not be
    /// repeated. Deleting a message that is already gone is not a failure.
    /// </summary>
    /// <returns>Null if the message may be deleted.</returns>
    public static HandleFailure? RefuseDelete(string handle, Lease? lease)
    {
        if (Local.ReceiptHandle.MessageIdOf(handle) is null)
            return NotAHandle(handle);
        return lease is null || lease.ReceiptHandle == handle ? null : Overtaken(handle);
    }

    /// <returns>Null if the message's visibility may be changed.</returns>
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
