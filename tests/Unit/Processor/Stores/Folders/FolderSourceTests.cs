using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Stores;
using Archiver.Processor.Stores.Folders;
using Archiver.Programs.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Stores.Folders;

public abstract class FolderSourceTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly bool _walks;
    private readonly FolderSource _source;

    protected FolderSourceTests(bool walks)
    {
        _walks = walks;
        _source = SourceOf(_folder.Path);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _folder.Dispose();
    }

    [Fact]
    public async Task A_file_is_found_with_its_size_and_time()
    {
        var path = _folder.Write("a.txt", "hello");
        File.SetLastWriteTimeUtc(path, new DateTime(2024, 5, 30, 14, 29, 22, DateTimeKind.Utc));

        var found = await FindAsync(path);

        Assert.Equal((5, 1_717_079_362), (found.Size, found.ModifiedUnixSeconds));
    }

    [Fact]
    public async Task Neither_a_missing_file_nor_a_folder_is_found()
    {
        Assert.Null(await _source.FindAsync(Address("missing"), Token));
        Assert.Null(await _source.FindAsync(Some.File(_folder.Path), Token));
    }

    [Fact]
    public async Task Files_are_listed_with_those_in_folders_and_hidden_ones_in_the_order_of_their_names()
    {
        foreach (var name in new[] { "b", "a/z", "a/.hidden", "B", "a/deeper/x", "ä" })
            _folder.Write(name, name);

        var names = await _source.ListAsync(Some.File(_folder.Path), null, Token)
            .Select(found => Path.GetRelativePath(_folder.Path, found.Address.Key)).ToListAsync(Token);

        Assert.Equal(["B", "a/.hidden", "a/deeper/x", "a/z", "b", "ä"], names);
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_lists_nothing() =>
        Assert.Empty(await _source.ListAsync(Address("missing"), null, Token).ToListAsync(Token));

    [Fact]
    public async Task Any_range_can_be_read()
    {
        var found = await FindAsync(_folder.Write("a.txt", "0123456789"));
        var target = new byte[4];

        await _source.ReadAsync(found, 3, target, Token);

        Assert.Equal("3456"u8.ToArray(), target);
    }

    [Theory]
    [InlineData("0123", "shorter")]
    [InlineData("0123456789ab", "longer")]
    [InlineData("abcdefghij", "as long, but newer")]
    [InlineData(null, "gone")]
    public async Task A_file_that_changed_after_the_plan_is_exit_code_75(string? content, string how)
    {
        var path = _folder.Write("a.txt", "0123456789");
        var found = await FindAsync(path);
        if (content is null)
            File.Delete(path);
        else
            File.SetLastWriteTimeUtc(_folder.Write("a.txt", content), DateTime.UnixEpoch.AddSeconds(1));

        var error = await Assert.ThrowsAsync<ArchiverException>(() => _source.ReadAsync(found, 0, new byte[10], Token));

        Assert.True(error.ExitCode == ExitCode.TempFail, how);
        Assert.Contains("a.txt", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_locked_by_another_process_is_exit_code_75()
    {
        var found = await FindAsync(_folder.Write("a.txt", "0123456789"));
        using var alone = new FileStream(found.Address.Key, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var error = await Assert.ThrowsAsync<ArchiverException>(() => _source.ReadAsync(found, 0, new byte[10], Token));

        Assert.Equal(ExitCode.TempFail, error.ExitCode);
        Assert.Contains("another process", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_list_is_exit_code_66()
    {
        var error = await Assert.ThrowsAsync<ArchiverException>(() => _source.OpenAsync(Address("missing.jsonl"), Token));

        Assert.Equal(ExitCode.NoInput, error.ExitCode);
    }

    [Theory]
    [InlineData("@253402300800", 253_402_300_800, "the year 10000")]
    [InlineData("@-62135596801", -62_135_596_801, "before the year 1")]
    public async Task A_modification_time_outside_the_range_of_DateTime_is_kept(string time, long seconds, string which)
    {
        // On a file system in memory, where times are not limited.
        using var folder = new TempFolder("/dev/shm");
        var path = folder.Write("a.txt", "0123456789");
        await Tool.RunAsync("touch", "-d", time, path);
        var source = SourceOf(folder.Path);
        var target = new byte[10];

        var found = (await source.FindAsync(Some.File(path), Token))!.Value;
        await source.ReadAsync(found, 0, target, Token);

        Assert.True(found.ModifiedUnixSeconds == seconds, which);
        Assert.Equal("0123456789"u8.ToArray(), target);
        Assert.Equal(found, await source.ListAsync(Some.File(folder.Path), null, Token).SingleAsync(Token));
    }

    [Fact]
    public async Task A_version_is_the_size_and_the_ticks_of_the_modification_time()
    {
        var path = _folder.Write("a.txt", "hello");
        var time = new DateTime(2024, 5, 30, 14, 29, 22, DateTimeKind.Utc).AddTicks(1_234_567);
        File.SetLastWriteTimeUtc(path, time);

        Assert.Equal($"5-{time.Ticks:x}", (await FindAsync(path)).ETag);
    }

    [Fact]
    public async Task A_listing_fails_beyond_the_most_files_that_the_settings_allow()
    {
        for (var i = 0; i < 4; i++)
            _folder.Write($"{i}", "");
        Task<int> CountAsync(int most) =>
            SourceOf(_folder.Path, most).ListAsync(Some.File(_folder.Path), null, Token).CountAsync(Token).AsTask();

        Assert.Equal(4, await CountAsync(4));
        var error = await Assert.ThrowsAsync<ArchiverException>(() => CountAsync(3));

        Assert.Equal(ExitCode.DataError, error.ExitCode);
        Assert.Contains("Archive:MaxEntries", error.Message, StringComparison.Ordinal);
    }

    private FolderSource SourceOf(string folder, int mostFiles = int.MaxValue) => new([folder], SourceLinks.Refuse, mostFiles, _walks);

    private ObjectAddress Address(string name) => Some.File(_folder[name]);

    private async Task<SourceObject> FindAsync(string path) =>
        await _source.FindAsync(Some.File(path), Token) ?? throw new FileNotFoundException(path);
}

/// <summary>With openat2, if the system has it.</summary>
public sealed class DirectFolderSourceTests() : FolderSourceTests(walks: false);

/// <summary>As on a system without openat2.</summary>
public sealed class WalkedFolderSourceTests() : FolderSourceTests(walks: true);
