using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Stores;
using Archiver.Processor.Stores.Folders;
using Archiver.Programs.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Stores.Folders;

/// <summary>Anything in a source folder that is not simply a file.</summary>
public abstract class FolderLinksTests : IDisposable
{
    private const string Secret = "a secret outside";

    private readonly TempFolder _place = new();
    private readonly string _root;
    private readonly bool _walks;
    private readonly Dictionary<SourceLinks, FolderSource> _sources = [];

    protected FolderLinksTests(bool walks)
    {
        _walks = walks;
        _root = Path.GetDirectoryName(_place.Write("source/a/b.txt", "content"))![..^2];
        _place.Write("outside/b.txt", Secret);
    }

    public static TheoryData<SourceLinks> Both { get; } = [SourceLinks.Refuse, SourceLinks.Inside];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _place.Dispose();
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_link_that_leads_out_is_refused_and_named(SourceLinks links)
    {
        Link("leak.txt", _place["outside/b.txt"]);

        await IsRefusedAsync(links, "leak.txt", "/leak.txt");
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_folder_that_is_a_link_that_leads_out_is_refused_and_named(SourceLinks links)
    {
        Link("x", _place["outside"]);

        await IsRefusedAsync(links, "x/b.txt", "/x ");
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Folders_that_link_to_each_other_do_not_make_an_endless_listing(SourceLinks links)
    {
        Link("a/up", "..");
        Link("one", "a");

        var error = await Assert.ThrowsAsync<ArchiverException>(() => ListAsync(links).WithPatience());

        Assert.Equal(ExitCode.DataError, error.ExitCode);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Links_in_a_circle_are_refused(SourceLinks links)
    {
        Link("one", "two");
        Link("two", "one");

        await IsRefusedAsync(links, "one", "/one");
    }

    [Theory]
    [InlineData(SourceLinks.Refuse, "is a link")]
    [InlineData(SourceLinks.Inside, "does not lead to a place below")]
    public async Task A_link_to_a_device_is_refused(SourceLinks links, string words)
    {
        Link("zero", "/dev/zero");

        await IsRefusedAsync(links, "zero", words);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_fifo_is_refused_without_blocking(SourceLinks links)
    {
        await Tool.RunAsync("mkfifo", Path.Combine(_root, "fifo"));

        await IsRefusedAsync(links, "fifo", "it is a FIFO");
    }

    [Fact]
    public async Task A_folder_is_refused_as_a_list()
    {
        var error = await Assert.ThrowsAsync<ArchiverException>(() => Source(SourceLinks.Refuse).OpenAsync(Address("a"), Token));

        Assert.Equal(ExitCode.DataError, error.ExitCode);
        Assert.Contains("it is a folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_stays_inside_is_refused_unless_the_setting_allows_it()
    {
        Link("inside.txt", "a/b.txt");

        var error = await IsRefusedAsync(SourceLinks.Refuse, "inside.txt", "is a link");

        Assert.Contains("Source:Links=inside", error.Message, StringComparison.Ordinal);
        Assert.Equal("content", await ReadAsync(SourceLinks.Inside, "inside.txt"));
        Assert.Equal(["a/b.txt", "inside.txt"], await ListAsync(SourceLinks.Inside));
    }

    [Fact]
    public async Task A_link_has_the_size_and_time_of_the_file_that_it_leads_to()
    {
        Link("inside.txt", "a/b.txt");
        var source = Source(SourceLinks.Inside);

        var link = (await source.FindAsync(Address("inside.txt"), Token))!.Value;
        var file = (await source.FindAsync(Address("a/b.txt"), Token))!.Value;

        Assert.Equal(file, link with { Address = file.Address });
    }

    [Fact]
    public async Task Named_files_are_found_through_a_folder_that_is_a_link_inside()
    {
        Link("x", "a");

        Assert.Equal("content", await ReadAsync(SourceLinks.Inside, "x/b.txt"));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_listing_that_meets_a_link_to_a_folder_is_refused(SourceLinks links)
    {
        Link("x", "a");

        var error = await Assert.ThrowsAsync<ArchiverException>(() => ListAsync(links));

        Assert.Equal(ExitCode.DataError, error.ExitCode);
        Assert.Contains("/x", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_package_that_is_a_link_that_leads_out_is_refused(SourceLinks links)
    {
        Link("package", _place["outside"]);

        var error = await Assert.ThrowsAsync<ArchiverException>(
            async () => await Source(links).ListAsync(Address("package"), null, Token).ToListAsync(Token));

        Assert.Equal(ExitCode.DataError, error.ExitCode);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_link_to_nothing_is_not_found(SourceLinks links)
    {
        Link("dangling", "nothing");

        Assert.Null(await Source(links).FindAsync(Address("dangling"), Token));
        Assert.Equal(ExitCode.NoInput, (await Assert.ThrowsAsync<ArchiverException>(() => ListAsync(links))).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task The_source_folder_itself_may_be_a_link(SourceLinks links)
    {
        File.CreateSymbolicLink(_place["alias"], _root);
        var source = SourceOf(links, _place["alias"]);

        Assert.NotNull(await source.FindAsync(Some.File(_place["alias/a/b.txt"]), Token));
        var listed = await source.ListAsync(Some.File(_place["alias"]), null, Token).SingleAsync(Token);
        Assert.Equal(_place["alias/a/b.txt"], listed.Address.Key);
    }

    [Theory]
    [InlineData("a//b.txt")]
    [InlineData("./a/././b.txt")]
    public async Task Empty_and_dot_segments_are_not_taken_for_links(string name) =>
        Assert.Equal("content", await ReadAsync(SourceLinks.Refuse, name));

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_single_file_may_be_a_source(SourceLinks links)
    {
        var path = _place["outside/b.txt"];

        Assert.NotNull(await SourceOf(links, _root, path).FindAsync(Some.File(path), Token));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_folder_that_is_swapped_for_a_link_after_the_plan_is_refused(SourceLinks links)
    {
        var planned = (await Source(links).FindAsync(Address("a/b.txt"), Token))!.Value;
        // As similar as possible: only their locations differ.
        var outside = _place.Write("outside/b.txt", "CONTENT");
        File.SetLastWriteTimeUtc(outside, File.GetLastWriteTimeUtc(planned.Address.Key));
        Directory.Move(Path.Combine(_root, "a"), _place["moved"]);
        Link("a", _place["outside"]);

        var error = await Assert.ThrowsAsync<ArchiverException>(() => Source(links).ReadAsync(planned, 0, new byte[7], Token));

        Assert.Equal(ExitCode.DataError, error.ExitCode);
        Assert.Contains("/a ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_file_that_became_a_fifo_after_the_plan_is_exit_code_75_without_blocking(SourceLinks links)
    {
        var planned = (await Source(links).FindAsync(Address("a/b.txt"), Token))!.Value;
        File.Delete(planned.Address.Key);
        await Tool.RunAsync("mkfifo", planned.Address.Key);

        var error = await Assert.ThrowsAsync<ArchiverException>(
            () => Task.Run(() => Source(links).ReadAsync(planned, 0, new byte[7], Token), Token).WithPatience());

        Assert.Equal(ExitCode.TempFail, error.ExitCode);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Nothing_outside_is_read_however_a_folder_and_a_link_change_places(SourceLinks links)
    {
        var folder = Path.Combine(_root, "a");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var swapping = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Directory.Move(folder, _place["moved"]);
                File.CreateSymbolicLink(folder, _place["outside"]);
                File.Delete(folder);
                Directory.Move(_place["moved"], folder);
            }
        }, Token);

        var (seen, refused) = (new HashSet<string>(), 0);
        for (var i = 0; i < 3_000; i++)
        {
            try
            {
                if (await Source(links).FindAsync(Address("a/b.txt"), Token) is { } found)
                    seen.Add(await ReadAsync(links, "a/b.txt", found));
            }
            catch (ArchiverException)
            {
                refused++;
            }
        }
        await stop.CancelAsync();
        await swapping;

        Assert.DoesNotContain(seen, static text => text != "content");
        Assert.NotEqual(0, refused + seen.Count);
    }

    private void Link(string name, string target) => File.CreateSymbolicLink(Path.Combine(_root, name), target);

    private FolderSource Source(SourceLinks links) =>
        _sources.TryGetValue(links, out var known) ? known : _sources[links] = SourceOf(links, _root);

    private FolderSource SourceOf(SourceLinks links, params string[] roots) => new(roots, links, walks: _walks);

    private ObjectAddress Address(string name) => Some.File(Path.Combine(_root, name));

    private async Task<ArchiverException> IsRefusedAsync(SourceLinks links, string name, string words)
    {
        var source = Source(links);
        ArchiverException[] errors =
        [
            await Assert.ThrowsAsync<ArchiverException>(() => Task.Run(() => source.FindAsync(Address(name), Token), Token).WithPatience()),
            await Assert.ThrowsAsync<ArchiverException>(() => Task.Run(() => source.OpenAsync(Address(name), Token), Token).WithPatience()),
            await Assert.ThrowsAsync<ArchiverException>(() => Task.Run(() => ListAsync(links), Token).WithPatience()),
        ];
        Assert.All(errors, error => Assert.Equal(ExitCode.DataError, error.ExitCode));
        Assert.All(errors.Take(2), error => Assert.Contains(words, error.Message + " ", StringComparison.Ordinal));
        return errors[0];
    }

    private async Task<List<string>> ListAsync(SourceLinks links) => await Source(links)
        .ListAsync(Some.File(_root), null, Token).Select(found => Path.GetRelativePath(_root, found.Address.Key)).ToListAsync(Token);

    private async Task<string> ReadAsync(SourceLinks links, string name, SourceObject? planned = null)
    {
        var found = planned ?? (await Source(links).FindAsync(Address(name), Token))!.Value;
        var target = new byte[found.Size];
        await Source(links).ReadAsync(found, 0, target, Token);
        return System.Text.Encoding.UTF8.GetString(target);
    }
}

/// <summary>With openat2, if the system has it.</summary>
public sealed class DirectFolderLinksTests() : FolderLinksTests(walks: false);

/// <summary>As on a system without openat2.</summary>
public sealed class WalkedFolderLinksTests() : FolderLinksTests(walks: true);
