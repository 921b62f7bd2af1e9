namespace Archiver.EndToEnd.Support.Sites;

public enum SiteKind
{
    SqsAndS3,
    SqliteAndFolders,
}
