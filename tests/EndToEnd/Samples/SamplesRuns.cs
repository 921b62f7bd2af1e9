using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Samples;

/// <summary>SQS and S3, set up by the environment variables of the replaced media system.</summary>
public sealed class SamplesByMediaSettings() : SamplesRun(SiteKind.SqsAndS3)
{
    public override string Prefix => "album";

    protected override ProgramUnderTest StartPoller(Site site)
    {
        var sqs = (SqsSite)site;
        return ProgramUnderTest.Start(Repository.Poller, ["--drain"], site.Folder.Path, new Dictionary<string, string?>(Endpoints.ProcessEnvironment)
        {
            ["SQS_SOURCE_QUEUE"] = sqs.Requests.Location,
            ["SQS_DESTINATION_QUEUE"] = sqs.Completions.Location,
            ["S3_SOURCE_BUCKET"] = sqs.Sources.Bucket,
            ["S3_DESTINATION_BUCKET"] = sqs.Archives.Bucket,
            ["S3_FILE_PREFIX"] = Prefix,
            ["ARCHIVE_BASE_URL"] = BaseUrl,
            ["DEBUG"] = "1",
        });
    }
}

/// <summary>SQS and S3, set up by the environment variables of the replaced repository system.</summary>
public sealed class SamplesByRepositorySettings() : SamplesRun(SiteKind.SqsAndS3)
{
    protected override ProgramUnderTest StartPoller(Site site)
    {
        var sqs = (SqsSite)site;
        return ProgramUnderTest.Start(Repository.Poller, ["--drain"], site.Folder.Path, new Dictionary<string, string?>(Endpoints.ProcessEnvironment)
        {
            ["SQS_REQUEST_QUEUE_URL"] = sqs.Requests.Location,
            ["SQS_COMPLETION_QUEUE_URL"] = sqs.Completions.Location,
            ["MAX_NUMBER_OF_MESSAGES"] = "3",
            ["WAIT_TIME_SECONDS"] = "1",
            ["S3_SOURCE_BUCKET"] = sqs.Sources.Bucket,
            ["S3_DESTINATION_BUCKET"] = sqs.Archives.Bucket,
            ["ARCHIVE_BASE_URL"] = BaseUrl + "/",
            ["APP_DEBUG"] = "true",
        });
    }
}

/// <summary>SQLite and folders; S3 only for the one source that names a bucket.</summary>
public sealed class SamplesOnOneMachine() : SamplesRun(SiteKind.SqliteAndFolders)
{
    protected override ProgramUnderTest StartPoller(Site site) =>
        site.StartPoller("--drain", [("ARCHIVE_BASE_URL", BaseUrl), .. Endpoints.ProcessEnvironment.Select(static pair => (pair.Key, pair.Value))]);
}
