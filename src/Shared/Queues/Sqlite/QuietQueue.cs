namespace Archiver.Queues.Sqlite;

/// <summary>The state in which a look into a queue found nothing: until it changes, another look will not either.</summary>
/// <param name="OthersVersion">Changes with each transaction of other sessions.</param>
/// <param name="OwnChanges">Changes with each transaction of this session.</param>
/// <param name="Since">When the look was; an earlier time now means that the clock was set back.</param>
/// <param name="Until">When the first hidden message becomes visible.</param>
internal sealed record QuietQueue(long OthersVersion, long OwnChanges, DateTimeOffset Since, DateTimeOffset Until)
{
    public bool StillHolds(long othersVersion, long ownChanges, DateTimeOffset now) =>
        othersVersion == OthersVersion && ownChanges == OwnChanges && now >= Since && now < Until;
}
