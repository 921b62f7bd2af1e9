using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Stores;
using Archiver.Processor.Stores.Folders;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Stores;

public sealed class FolderSourceTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FolderSource _source = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

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
        Assert.Null(await _source.FindAsync(new ObjectAddress(null, _folder.Path), Token));
    }

    [Fact]
    public async Task Files_are_listed_with_those_in_folders_and_hidden_ones_in_the_order_of_their_names()
    {
        foreach (var name in new[] { "b", "a/z", "a/.hidden", "B", "a/deeper/x", "ä" })
            _folder.Write(name, name);

        var names = await _source.ListAsync(new ObjectAddress(null, _folder.Path), null, Token)
            .Select(found => Path.GetRelativePath(_folder.Path, found.Address.Key)).ToListAsync(Token);

        Assert.Equal(["B", "a/.hidden", "a/deeper/x", "a/z", "b", "ä"], names);
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_lists_nothing() =>
        Assert.Empty(await _source.ListAsync(Address("missing"), null, Token).ToListAsync(Token));

    [Fact]
    public async Task A_link_to_a_file_stands_for_that_file()
    {
        var content = Some.Bytes(1_000);
        File.CreateSymbolicLink(_folder["link"], _folder.Write("target", content));
        var target = new byte[1_000];

        var found = await FindAsync(_folder["link"]);
        await _source.ReadAsync(found, 0, target, Token);

        Assert.Equal((1_000, await FindAsync(_folder["target"])), (found.Size, found with { Address = Address("target") }));
        Assert.Equal(content, target);
    }

    [Fact]
    public async Task A_link_to_nothing_is_not_found()
    {
        File.CreateSymbolicLink(_folder["dangling"], _folder["nothing"]);

        Assert.Null(await _source.FindAsync(Address("dangling"), Token));
    }

    [Fact]
    public async Task A_link_to_nothing_is_refused_and_not_left_out_without_a_word()
    {
        File.CreateSymbolicLink(_folder["dangling"], _folder["nothing"]);

        var error = await Assert.ThrowsAsync<ArchiverException>(
            async () => await _source.ListAsync(new ObjectAddress(null, _folder.Path), null, Token).ToListAsync(Token));

        Assert.Equal(ExitCode.NoInput, error.ExitCode);
    }

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
    public async Task A_missing_list_is_exit_code_66()
    {
        var error = await Assert.ThrowsAsync<ArchiverException>(() => _source.OpenAsync(Address("missing.jsonl"), Token));

        Assert.Equal(ExitCode.NoInput, error.ExitCode);
    }

    private ObjectAddress Address(string name) => new(null, _folder[name]);

    private async Task<SourceObject> FindAsync(string path) =>
        await _source.FindAsync(new ObjectAddress(null, path), Token) ?? throw new FileNotFoundException(path);
}
