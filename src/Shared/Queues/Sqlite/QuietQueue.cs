namespace Archiver.Queues.Sqlite;

/// <summary>What was known when a look into a queue found nothing: until one of these changes, another look finds nothing either.</summary>
/// <param name="OthersVersion">Changes with each transaction of other sessions.</param>
/// <param name="OwnChanges">Changes with each transaction of this one.</param>
/// <param name="Since">When it was looked; a clock that was set back may tell another time.</param>
/// <param name="Until">When the first hidden message becomes visible.</param>
internal sealed record QuietQueue(long OthersVersion, long OwnChanges, DateTimeOffset Since, DateTimeOffset Until)
{
    public bool StillHolds(long othersVersion, long ownChanges, DateTimeOffset now) =>
        othersVersion == OthersVersion && ownChanges == OwnChanges && now >= Since && now < Until;
}
