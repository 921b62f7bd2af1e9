using Archiver.Processor.Planning;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Reporting;

/// <summary>Runs the phases of a job: each is traced, and reports its progress.</summary>
internal sealed class JobPhases(JobProgress progress)
{
    public Task<ArchivePlan> PlanAsync(ISourceStore sources, Func<ISourceStore, Task<ArchivePlan>> plan)
    {
        var counted = new CountedSources(sources);
        return JobTrace.InAsync("plan", () => progress.WhilePlanningAsync(() => counted.Found, () => plan(counted)));
    }

    public Task<T> CheckAsync<T>(TransferProgress read, Func<Task<T>> check) =>
        JobTrace.InAsync("check", () => progress.WhileCheckingAsync(read, check));

    public Task<T> TransferAsync<T>(TransferProgress transferred, Func<Task<T>> transfer) =>
        JobTrace.InAsync("transfer", () => progress.WhileTransferringAsync(transferred, transfer));

    public Task<bool> CompleteAsync(IArchiveUpload upload, uint crc, StoredArchive? replaced, CancellationToken cancellationToken) =>
        JobTrace.InAsync("complete", () => progress.WhileCompletingAsync(() => upload.CompleteAsync(crc, replaced, cancellationToken)));
}
