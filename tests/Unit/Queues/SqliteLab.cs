using Archiver.Queues;
using Archiver.Queues.Local;
using Archiver.Queues.Sqlite;

namespace Archiver.Tests.Queues;

/// <summary>Queues in one file of a folder that is deleted afterwards.</summary>
internal sealed class SqliteLab : LocalLab
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("archiver-queue-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "queues.db");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    protected override Task<IMessageQueue> CreateCoreAsync(bool fifo, TimeSpan visibility, int maxReceives)
    {
        var options = new LocalQueueOptions { VisibilityTimeout = visibility, MaxReceiveCount = maxReceives };
        return Task.FromResult<IMessageQueue>(new SqliteMessageQueue($"sqlite:{Path}#{NewName(fifo)}", options, Clock));
    }

    protected override IMessageQueue OpenCore(string location) => new SqliteMessageQueue(location, clock: Clock);
}
