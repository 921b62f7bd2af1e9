using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Parts;
using Archiver.Processor.Reporting;
using Archiver.Processor.Stores.Folders;
using Archiver.Processor.Transfer;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Stores.Folders;

public sealed class FolderArchivesTests : IDisposable
{
    private const string Key = "f00d/download-2024-05-30.zip";

    private readonly TempFolder _folder = new();
    private readonly FolderArchives _archives;
    private readonly ArchiveCase _archive = Some.Archive(entries: 10, size: 300_000, PartLimits.File);

    public FolderArchivesTests() => _archives = new FolderArchives(_folder.Path);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_missing_archive_is_not_found() => Assert.Null(await _archives.FindAsync(Key, Token));

    [Fact]
    public async Task An_archive_is_found_with_its_size_once_it_is_complete()
    {
        await StoreAsync(_archive);

        Assert.Equal(_archive.Layout.Length, (await _archives.FindAsync(Key, Token))!.Bytes);
        Assert.Equal(_archive.StraightThrough(), await File.ReadAllBytesAsync(_folder[Key], Token));
        Assert.Equal([_folder[Key]], Files());
    }

    [Fact]
    public async Task The_same_plan_gives_the_same_bytes()
    {
        await StoreAsync(_archive, "a/1.zip");
        await StoreAsync(_archive, "b/2.zip");

        Assert.Equal(await File.ReadAllBytesAsync(_folder["a/1.zip"], Token), await File.ReadAllBytesAsync(_folder["b/2.zip"], Token));
    }

    [Fact]
    public async Task Archives_stored_concurrently_in_one_folder_leave_each_other_alone()
    {
        var keys = Enumerable.Range(0, 300).Select(static i => $"f00d/download-{i % 100}.zip").ToList();

        var options = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token };
        await Parallel.ForEachAsync(keys, options, async (key, token) =>
        {
            await using var upload = await _archives.BeginAsync(key, 1000, true, token);
            await upload.WriteAsync(new Part(1, 0, 1000), new byte[1000], 0, token);
            Assert.True(await upload.CompleteAsync(0, null, token));
        });

        Assert.Equal(keys.Distinct().Order().Select(key => _folder[key]).Order(), Files().Order());
    }

    [Fact]
    public async Task The_final_name_does_not_exist_before_the_end()
    {
        var parts = _archive.Parts;
        await using var upload = await _archives.BeginAsync(Key, _archive.Layout.Length, parts.Count == 1, Token);
        foreach (var part in parts)
        {
            await upload.WriteAsync(part, new byte[part.Length], 0, Token);
            Assert.False(File.Exists(_folder[Key]));
        }

        Assert.True(await upload.CompleteAsync(0, null, Token));
        Assert.True(File.Exists(_folder[Key]));
    }

    [Fact]
    public async Task A_failure_in_the_middle_leaves_nothing_behind()
    {
        var source = MemorySource.Of(_archive);
        source.BeforeRead = (found, _, _) => found.Address.Key == "7"
            ? throw new ArchiverException(ExitCode.TempFail, "broken")
            : Task.CompletedTask;

        await Assert.ThrowsAsync<ArchiverException>(() => StoreAsync(_archive, Key, source));

        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_failure_leaves_an_earlier_archive_alone()
    {
        _folder.Write(Key, "the old archive");

        await Assert.ThrowsAsync<ArchiverException>(() => StoreAsync(_archive, Key, new MemorySource
        {
            BeforeRead = static (_, _, _) => throw new ArchiverException(ExitCode.TempFail, "broken"),
        }));

        Assert.Equal("the old archive", await File.ReadAllTextAsync(_folder[Key], Token));
    }

    [Fact]
    public async Task An_archive_of_the_wrong_size_is_replaced_whole()
    {
        _folder.Write(Key, "the old archive");

        await StoreAsync(_archive);

        Assert.Equal(_archive.StraightThrough(), await File.ReadAllBytesAsync(_folder[Key], Token));
    }

    [Fact]
    public async Task The_next_attempt_removes_what_a_killed_writer_left_behind()
    {
        var leftover = _folder.Write($"{Key}.0123456789abcdef.partial", "half an archive");

        await StoreAsync(_archive);

        Assert.False(File.Exists(leftover));
        Assert.Equal([_folder[Key]], Files());
    }

    [Fact]
    public async Task The_file_of_another_writer_is_left_alone()
    {
        var parts = _archive.Parts;
        await using var other = await _archives.BeginAsync(Key, _archive.Layout.Length, parts.Count == 1, Token);

        await StoreAsync(_archive);

        // The last writer puts the same bytes under the same name.
        foreach (var part in parts)
            await other.WriteAsync(part, _archive.StraightThrough().AsMemory((int)part.Offset, (int)part.Length), 0, Token);
        Assert.True(await other.CompleteAsync(0, null, Token));
        Assert.Equal(_archive.StraightThrough(), await File.ReadAllBytesAsync(_folder[Key], Token));
    }

    [Fact]
    public async Task Parts_may_be_written_in_any_order()
    {
        var bytes = _archive.StraightThrough();
        var parts = _archive.Parts;
        await using var upload = await _archives.BeginAsync(Key, _archive.Layout.Length, parts.Count == 1, Token);

        await Parallel.ForEachAsync(parts.Reverse(), Token, async (part, token) =>
            await upload.WriteAsync(part, bytes.AsMemory((int)part.Offset, (int)part.Length), 0, token));

        Assert.True(await upload.CompleteAsync(0, null, Token));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_folder[Key], Token));
    }

    [Fact]
    public async Task A_destination_that_is_not_a_folder_is_exit_code_73()
    {
        var file = _folder.Write("file", "no folder");

        var error = await Assert.ThrowsAsync<ArchiverException>(
            () => new FolderArchives(file).BeginAsync(Key, _archive.Layout.Length, false, Token));

        Assert.Equal(ExitCode.CannotCreate, error.ExitCode);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_removed_in_the_meantime_is_exit_code_73()
    {
        var folder = Path.GetDirectoryName(_folder[Key])!;

        var error = await Assert.ThrowsAsync<ArchiverException>(async () =>
        {
            await using var upload = await _archives.BeginAsync(Key, 1_000, true, Token);
            await upload.WriteAsync(new Part(1, 0, 1_000), new byte[1_000], 0, Token);
            Directory.Delete(folder, recursive: true);
            await upload.CompleteAsync(0, null, Token);
        });

        Assert.Equal(ExitCode.CannotCreate, error.ExitCode);
        Assert.Contains(_folder[Key], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Archives_are_named_by_file_uris() =>
        Assert.Equal("file:///some/%C3%A4%20folder/f00d/download-2024-05-30.zip", new FolderArchives("/some/ä folder").UriOf(Key));

    private string[] Files() => Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories);

    private async Task StoreAsync(ArchiveCase archive, string key = Key, MemorySource? source = null)
    {
        var parts = archive.Parts;
        await using var upload = await _archives.BeginAsync(key, archive.Layout.Length, parts.Count == 1, Token);
        var executor = new ArchiveExecutor(
            source ?? MemorySource.Of(archive), archive.Plan, archive.Layout, 4 << 20, 8, new TransferProgress(0, 0));
        var crc = await executor.CarryAsync(parts, upload, Token);
        Assert.True(await upload.CompleteAsync(crc, null, Token));
    }
}
