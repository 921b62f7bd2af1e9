using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Stores;

namespace Archiver.Tests.Processor.Stores;

/// <summary>What every <see cref="ISourceStore"/> does.</summary>
public abstract class SourceStoreContract(SourceStoreLab lab) : IAsyncDisposable
{
    private static readonly byte[] Digits = "0123456789"u8.ToArray();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return lab.DisposeAsync();
    }

    [Theory]
    [InlineData("a.txt")]
    [InlineData("a/b/c.txt")]
    [InlineData("a b+c%20d&é ☃.txt")]
    [InlineData("~!@#$^*()[]{};,='.txt")]
    public async Task An_object_is_found_listed_and_read(string key)
    {
        await lab.PutAsync("folder/" + key, Digits);

        var found = await FindAsync("folder/" + key);

        Assert.Equal((lab.Address("folder/" + key), 10L), (found.Address, found.Size));
        Assert.NotEmpty(found.ETag);
        var now = DateTimeOffset.UtcNow;
        Assert.InRange(found.ModifiedUnixSeconds, now.AddYears(-50).ToUnixTimeSeconds(), now.AddDays(1).ToUnixTimeSeconds());
        var listed = Assert.Single(await ListAsync("folder"));
        Assert.Equal(
            (found.Address, found.Size, found.ETag, found.ModifiedUnixSeconds),
            (listed.Address, listed.Size, listed.ETag, listed.ModifiedUnixSeconds));
        Assert.Equal(Digits, await ReadAsync(listed, 0, 10));
    }

    [Fact]
    public async Task A_missing_object_is_not_found()
    {
        await lab.PutAsync("folder/a.txt", Digits);

        Assert.Null(await lab.Store.FindAsync(lab.Address("missing"), Token));
        Assert.Null(await lab.Store.FindAsync(lab.Address("folder"), Token));
        Assert.Empty(await ListAsync("missing"));
    }

    [Fact]
    public async Task Everything_in_a_folder_and_nothing_else_is_listed_in_the_order_of_keys()
    {
        string[] keys = ["folder/B", "folder/a/deeper/x", "folder/a/z", "folder/b", "folder/b.txt", "folder/ä"];
        foreach (var key in keys.Reverse().Append("folder2/x").Append("folder.txt"))
            await lab.PutAsync(key, Digits);

        Assert.Equal(keys.Select(lab.Address), (await ListAsync("folder")).Select(static found => found.Address));
        Assert.Equal(
            keys.Skip(3).Select(lab.Address),
            (await ListAsync("folder", after: "folder/a/z")).Select(static found => found.Address));
    }

    [Fact]
    public async Task A_folder_is_distinguished_from_an_object()
    {
        await lab.PutAsync("folder/a.txt", Digits);

        Assert.True(await lab.Store.IsFolderAsync(lab.Address("folder"), Token));
        Assert.False(await lab.Store.IsFolderAsync(lab.Address("folder/a.txt"), Token));
        Assert.False(await lab.Store.IsFolderAsync(lab.Address("missing"), Token));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(3, 4)]
    [InlineData(9, 1)]
    public async Task Any_range_can_be_read(int offset, int length)
    {
        await lab.PutAsync("a.txt", Digits);

        Assert.Equal(Digits[offset..(offset + length)], await ReadAsync(await FindAsync("a.txt"), offset, length));
    }

    [Fact]
    public async Task Ranges_can_be_read_concurrently()
    {
        var content = Enumerable.Range(0, 1 << 20).Select(static i => (byte)(i * 7)).ToArray();
        await lab.PutAsync("a.bin", content);
        var found = await FindAsync("a.bin");
        var read = new byte[content.Length];

        await Parallel.ForEachAsync(Enumerable.Range(0, 16), Token, async (i, token) =>
            await lab.Store.ReadAsync(found, i << 16, read.AsMemory(i << 16, 1 << 16), token));

        Assert.Equal(content, read);
    }

    [Fact]
    public async Task An_empty_object_can_be_found_and_read()
    {
        await lab.PutAsync("empty", []);

        Assert.Equal(0, (await FindAsync("empty")).Size);
        await using var opened = await lab.Store.OpenAsync(lab.Address("empty"), Token);
        Assert.Equal(0, await opened.ReadAsync(new byte[1], Token));
    }

    [Theory]
    [InlineData("0123", "shorter")]
    [InlineData("0123456789ab", "longer")]
    [InlineData("abcdefghij", "as long")]
    [InlineData(null, "gone")]
    public async Task An_object_that_changed_since_it_was_found_is_exit_code_75(string? content, string how)
    {
        await lab.PutAsync("folder/a.txt", Digits);
        var found = await FindAsync("folder/a.txt");
        await (content is null
            ? lab.RemoveAsync("folder/a.txt")
            : lab.PutAsync("folder/a.txt", System.Text.Encoding.UTF8.GetBytes(content)));

        var error = await Assert.ThrowsAsync<ArchiverException>(() => ReadAsync(found, 0, 10));

        Assert.True(error.ExitCode == ExitCode.TempFail, how);
        Assert.Contains(found.Address.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_can_be_opened_and_read_from_its_beginning()
    {
        var content = Enumerable.Range(0, 300_000).Select(static i => (byte)(i * 11)).ToArray();
        await lab.PutAsync("list.jsonl", content);

        await using var opened = await lab.Store.OpenAsync(lab.Address("list.jsonl"), Token);
        using var read = new MemoryStream();
        await opened.CopyToAsync(read, Token);

        Assert.Equal(content, read.ToArray());
    }

    [Fact]
    public async Task Opening_a_missing_object_is_exit_code_66()
    {
        var error = await Assert.ThrowsAsync<ArchiverException>(() => lab.Store.OpenAsync(lab.Address("missing"), Token));

        Assert.Equal(ExitCode.NoInput, error.ExitCode);
        Assert.Contains(lab.Address("missing").ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_accepts_an_existing_location_and_reports_a_missing_one()
    {
        await lab.PutAsync("a.txt", Digits);

        Assert.Null(await lab.Store.CheckAsync(lab.Location, Token));
        var error = await Assert.ThrowsAsync<ArchiverException>(() => lab.Store.CheckAsync(lab.Nowhere, Token));
        Assert.Equal(ExitCode.Config, error.ExitCode);
    }

    private async Task<SourceObject> FindAsync(string key) =>
        await lab.Store.FindAsync(lab.Address(key), Token) ?? throw new FileNotFoundException(key);

    private async Task<List<SourceObject>> ListAsync(string folder, string? after = null) =>
        await lab.Store.ListAsync(lab.Folder(folder), after is null ? null : lab.Address(after).Key, Token).ToListAsync(Token);

    private async Task<byte[]> ReadAsync(SourceObject found, long offset, int length)
    {
        var target = new byte[length];
        await lab.Store.ReadAsync(found, offset, target, Token);
        return target;
    }
}
