using Archiver.Processor.Packaging.Zip;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;
using Archiver.Processor.Reporting;
using Archiver.Processor.Stores.Folders;
using Archiver.Processor.Transfer;
using Archiver.Programs.Settings;

namespace Archiver.Tests.Support;

/// <summary>Makes archives of files in a folder, by the parts of the program that do so.</summary>
public static class FolderArchiving
{
    private static readonly FolderSource Sources = new(["/"], SourceLinks.Refuse);

    /// <summary>Plans an archive of files.</summary>
    public static async Task<ArchivePlan> PlanAsync(IEnumerable<(string Name, string File)> entries)
    {
        var planned = new List<PlannedEntry>();
        foreach (var (name, file) in entries)
        {
            var found = await Sources.FindAsync(Some.File(file), TestContext.Current.CancellationToken);
            planned.Add(new PlannedEntry(name, found ?? throw new FileNotFoundException(file)));
        }
        return new ArchivePlan(planned, []);
    }

    /// <summary>Makes the archive of a plan.</summary>
    /// <returns>Its file, and the CRC-32 that the executor told of it.</returns>
    public static async Task<(string Path, uint Crc)> ArchiveAsync(
        ArchivePlan plan, string folder, string key = "some/archive.zip", long leastPart = PartLimits.LeastOfS3)
    {
        var token = TestContext.Current.CancellationToken;
        var archives = new FolderArchives(folder);
        var layout = new ZipLayout(plan, leastPart);
        var parts = PartPlan.Cut(layout, archives.Limits);
        await using var upload = await archives.BeginAsync(key, layout.Length, parts.Count == 1, token);
        var executor = new ArchiveExecutor(Sources, plan, layout, 64 << 20, 8, new TransferProgress(0, 0));
        var crc = await executor.CarryAsync(parts, upload, token);
        Assert.True(await upload.CompleteAsync(crc, null, token));
        return (Path.Combine(folder, key), crc);
    }

    /// <summary>Makes the archive of a plan with compressed entries.</summary>
    public static async Task<string> CompressAsync(ArchivePlan plan, string folder, string key)
    {
        var token = TestContext.Current.CancellationToken;
        var archives = new FolderArchives(folder);
        var executor = new CompressingExecutor(Sources, plan, Compression.Deflate, archives.Limits, 64 << 20, new TransferProgress(0, 0));
        var (upload, length, crc) = await executor.WriteAsync(isOnePart => archives.BeginAsync(key, null, isOnePart, token), token);
        await using (upload)
            Assert.True(await upload.CompleteAsync(crc, null, token));
        Assert.Equal(length, new FileInfo(Path.Combine(folder, key)).Length);
        return Path.Combine(folder, key);
    }
}
