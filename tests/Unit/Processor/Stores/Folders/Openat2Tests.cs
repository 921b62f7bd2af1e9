using Archiver.Processor.Stores.Folders;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Stores.Folders;

/// <summary>What is opened without walking the path: nothing on a system without openat2.</summary>
public sealed class Openat2Tests : IDisposable
{
    private readonly TempFolder _place = new();
    private readonly PathHandle _folder;

    public Openat2Tests()
    {
        _place.Write("outside.txt", "outside");
        _place.Write("source/a/b.txt", "content");
        File.CreateSymbolicLink(_place["source/file"], "a/b.txt");
        File.CreateSymbolicLink(_place["source/folder"], "a");
        _folder = PathHandle.TryOpen(_place["source"], out _)!;
    }

    public void Dispose()
    {
        _folder.Dispose();
        _place.Dispose();
    }

    [Theory]
    [InlineData("a/b.txt")]
    [InlineData("a//./b.txt")]
    [InlineData("a/../a/b.txt")]
    public void A_path_without_links_is_opened_where_the_system_can(string path)
    {
        using var held = Openat2.TryTakeHold(_folder.Handle, path);
        using var file = Openat2.TryOpenForReading(_folder.Handle, path);

        Assert.Equal(Openat2.IsSupported, held is not null);
        Assert.Equal(Openat2.IsSupported, file is not null);
        if (file is not null)
            Assert.Equal((FileKind.Regular, 7), (FileStatus.Of(file).Kind, FileStatus.Of(file).Size));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("folder/b.txt")]
    [InlineData("../outside.txt")]
    [InlineData("a/../../outside.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("missing")]
    [InlineData("a/b.txt/")]
    [InlineData("")]
    public void A_path_through_a_link_or_out_of_the_folder_or_to_nothing_is_not_opened(string path)
    {
        Assert.Null(Openat2.TryTakeHold(_folder.Handle, path));
        Assert.Null(Openat2.TryOpenForReading(_folder.Handle, path));
    }

    [Fact]
    public async Task A_fifo_does_not_block()
    {
        await Tool.RunAsync("mkfifo", _place["source/fifo"]);

        var token = TestContext.Current.CancellationToken;
        using var file = await Task.Run(() => Openat2.TryOpenForReading(_folder.Handle, "fifo"), token).WithPatience();

        Assert.Equal<FileKind?>(Openat2.IsSupported ? FileKind.Fifo : null, file is null ? null : FileStatus.Of(file).Kind);
    }
}
