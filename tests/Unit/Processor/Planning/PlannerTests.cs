using System.Text;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Processor.Planning;
using Archiver.Programs.Settings;
using Archiver.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Tests.Processor.Planning;

public sealed class PlannerTests
{
    private readonly MemorySource _sources = new();

    [Fact]
    public async Task Files_are_planned_in_the_request_s_order()
    {
        Stored("b.jpg", "a.jpg", "c.jpg");

        Assert.Equal(["b.jpg", "x/a.jpg", "c.jpg"], NamesOf(await PlanAsync("""{"files":[{"source":"b.jpg"},{"source":"a.jpg","destination":"x"},{"source":"c.jpg"}]}""")));
    }

    [Fact]
    public async Task Hundreds_of_files_are_planned_in_the_request_s_order_however_they_are_found()
    {
        var names = Enumerable.Range(0, 500).Select(static i => $"photos/{i * 7919 % 500}.jpg").ToArray();
        Stored(names);

        var plan = await PlanAsync($$"""{"files":[{{string.Join(',', names.Select(static name => $$"""{"source":"{{name}}"}"""))}}]}""");

        Assert.Equal(names, plan.Entries.Select(static entry => entry.Source.Address.Key));
        Assert.InRange(_sources.LookedUp.Count, 0, 100);
    }

    [Fact]
    public async Task A_source_that_is_named_twice_is_there_twice()
    {
        Stored("a.jpg");

        Assert.Equal(["a.jpg", "a (2).jpg"], NamesOf(await PlanAsync("""{"files":[{"source":"a.jpg"},{"source":"a.jpg"}]}""")));
    }

    [Fact]
    public async Task Filenames_keep_their_folders_below_the_package()
    {
        Stored("mds2909/a/b.txt", "mds2909/c.txt");

        var plan = await PlanAsync("""{"aipid":"mds2909","filenames":["a/b.txt","c.txt"]}""");

        Assert.Equal(["a/b.txt", "c.txt"], NamesOf(plan));
        Assert.Equal(["mds2909/a/b.txt", "mds2909/c.txt"], plan.Entries.Select(static entry => entry.Source.Address.Key));
    }

    [Theory]
    [InlineData("../x.txt")]
    [InlineData("/x.txt")]
    [InlineData("a//x.txt")]
    public async Task Filenames_that_climb_are_exit_code_65(string name) =>
        await RefusedAsync(ExitCode.DataError, $$"""{"aipid":"mds2909","filenames":["{{name}}"]}""");

    [Fact]
    public async Task A_whole_package_is_everything_below_it_in_the_order_of_its_keys()
    {
        Stored("mds2909/trial2.txt", "mds2909/trial1.txt", "mds2909/data/deep/x.csv", "mds29/other.txt", "mds29099/other.txt", "mds2909");

        Assert.Equal(["data/deep/x.csv", "trial1.txt", "trial2.txt"], NamesOf(await PlanAsync("""{"aipid":"mds2909"}""")));
    }

    [Fact]
    public async Task A_whole_package_is_without_the_markers_that_consoles_make_for_folders()
    {
        _sources.With("some-source", "mds2909/", "").With("some-source", "mds2909/data/", "").With("some-source", "mds2909/empty.txt", "");

        Assert.Equal(["empty.txt"], NamesOf(await PlanAsync("""{"aipid":"mds2909"}""")));
    }

    [Fact]
    public async Task A_whole_package_that_has_an_unfit_name_is_exit_code_65_and_not_left_out()
    {
        Stored("mds2909/a.txt", "mds2909/a\\b.txt");

        await RefusedAsync(ExitCode.DataError, """{"aipid":"mds2909"}""");
    }

    [Theory]
    [InlineData(MissingSource.Fail, ExitCode.NoInput)]
    [InlineData(MissingSource.Retry, ExitCode.TempFail)]
    [InlineData(MissingSource.Skip, ExitCode.NoInput)]
    public async Task A_package_that_is_not_there_is_named(MissingSource onMissing, int exitCode)
    {
        var error = await RefusedAsync(exitCode, """{"aipid":"mds2909"}""", Some.ArchiveSettings with { OnMissing = onMissing });

        Assert.Contains("mds2909", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MissingSource.Fail, ExitCode.NoInput)]
    [InlineData(MissingSource.Retry, ExitCode.TempFail)]
    public async Task A_source_that_is_not_there_is_named(MissingSource onMissing, int exitCode)
    {
        Stored("a.jpg");

        var error = await RefusedAsync(
            exitCode, """{"files":[{"source":"a.jpg"},{"source":"missing.jpg"}]}""", Some.ArchiveSettings with { OnMissing = onMissing });

        Assert.Contains("s3://some-source/missing.jpg", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_is_not_there_is_skipped_where_the_setting_says_so_and_listed()
    {
        Stored("a.jpg", "c.jpg");

        var plan = await PlanAsync(
            """{"files":[{"source":"a.jpg"},{"source":"b.jpg"},{"source":"c.jpg"}]}""", Some.ArchiveSettings with { OnMissing = MissingSource.Skip });

        Assert.Equal(["a.jpg", "c.jpg"], NamesOf(plan));
        Assert.Equal(["s3://some-source/b.jpg"], plan.Skipped);
    }

    [Fact]
    public async Task Nothing_but_skipped_sources_is_no_archive() =>
        await RefusedAsync(
            ExitCode.NoInput, """{"files":[{"source":"b.jpg"}]}""", Some.ArchiveSettings with { OnMissing = MissingSource.Skip });

    [Fact]
    public async Task A_list_of_files_is_read_line_by_line()
    {
        Stored("a.jpg", "b.jpg");
        _sources.With(
            "some-source", "list.jsonl", "{\"source\":\"b.jpg\"}\r\n\n  \n{\"source\":\"a.jpg\",\"destination\":\"x\",\"more\":1}");

        Assert.Equal(["b.jpg", "x/a.jpg"], NamesOf(await PlanAsync("""{"filesFrom":"list.jsonl"}""")));
    }

    [Theory]
    [InlineData("{\"source\":\"a.jpg\"}\nnot json", "line 2")]
    [InlineData("\n{\"destination\":\"x\"}", "line 2")]
    [InlineData("{\"source\":\"\"}", "line 1")]
    [InlineData("[]", "line 1")]
    [InlineData("{\"source\":\"a.jpg\"}\n{\"source\":\"a.jpg\",\"destination\":\"../x.jpg\"}", "list.jsonl line 2: The entry name \"../x.jpg\"")]
    [InlineData("\n\n{\"source\":\"file:///etc/passwd\"}", "list.jsonl line 3: The source \"file:///etc/passwd\"")]
    public async Task A_list_s_mistakes_are_exit_code_65_and_named(string list, string words)
    {
        Stored("a.jpg");
        _sources.With("some-source", "list.jsonl", list);

        Assert.Contains(
            words, (await RefusedAsync(ExitCode.DataError, """{"filesFrom":"list.jsonl"}""")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_of_a_list_that_is_not_there_is_told_with_its_line()
    {
        Stored("a.jpg");
        _sources.With("some-source", "list.jsonl", "{\"source\":\"a.jpg\"}\r\n\r\n{\"source\":\"b.jpg\"}");

        var error = await RefusedAsync(ExitCode.NoInput, """{"filesFrom":"list.jsonl"}""");

        Assert.Equal("s3://some-source/list.jsonl line 3: The source s3://some-source/b.jpg does not exist.", error.Message);
    }

    [Fact]
    public async Task A_source_of_a_list_that_cannot_be_looked_up_is_told_with_its_line()
    {
        _sources.With("some-source", "list.jsonl", "{\"source\":\"a.jpg\"}\n{\"source\":\"b.jpg\"}");
        _sources.BeforeFind = static address => address.Key == "b.jpg" ? new ArchiverException(ExitCode.NoPermission, "denied") : null;
        Stored("a.jpg");

        Assert.Equal("s3://some-source/list.jsonl line 2: denied", (await RefusedAsync(ExitCode.NoPermission, """{"filesFrom":"list.jsonl"}""")).Message);
    }

    [Fact]
    public async Task A_name_that_is_taken_is_told_with_its_line()
    {
        Stored("a.jpg");
        _sources.With("some-source", "list.jsonl", "{\"source\":\"a.jpg\"}\n{\"source\":\"a.jpg\"}");

        var error = await RefusedAsync(
            ExitCode.DataError, """{"filesFrom":"list.jsonl"}""", Some.ArchiveSettings with { OnDuplicate = DuplicateName.Fail });

        Assert.StartsWith("s3://some-source/list.jsonl line 2: Two entries are named \"a.jpg\"", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"source\":\"a\"}\n{\"source\":\"\u00ff\"}", "line 2: it is not valid UTF-8")]
    [InlineData("{\"source\":\"\u00c3\"}", "line 1: it is not valid UTF-8")]
    public async Task Bytes_of_a_list_that_are_no_utf8_are_refused_and_not_replaced(string latin1, string words)
    {
        Stored("a");
        _sources.With(Some.Address("some-source", "list.jsonl"), Encoding.Latin1.GetBytes(latin1));

        Assert.Contains(
            words, (await RefusedAsync(ExitCode.DataError, """{"filesFrom":"list.jsonl"}""")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_may_begin_with_a_byte_order_mark()
    {
        Stored("a.jpg");
        _sources.With("some-source", "list.jsonl", "\uFEFF{\"source\":\"a.jpg\"}");

        Assert.Equal(["a.jpg"], NamesOf(await PlanAsync("""{"filesFrom":"list.jsonl"}""")));
    }

    [Fact]
    public async Task A_film_in_place_of_a_list_is_refused_before_much_of_it_is_read()
    {
        using var film = new EndlessStream((byte)'x');
        _sources.Streams["film.mov"] = film;

        var error = await RefusedAsync(ExitCode.DataError, """{"filesFrom":"film.mov"}""");

        Assert.Contains("Archive:MaxLineBytes", error.Message, StringComparison.Ordinal);
        Assert.InRange(film.Given, 1 << 20, 4 << 20);
    }

    [Fact]
    public async Task A_list_without_end_is_refused_at_the_setting_s_length()
    {
        using var blank = new EndlessStream((byte)'\n');
        _sources.Streams["blank"] = blank;

        var error = await RefusedAsync(
            ExitCode.DataError, """{"filesFrom":"blank"}""", Some.ArchiveSettings with { MaxListBytes = 5 << 20 });

        Assert.Contains("Archive:MaxListBytes", error.Message, StringComparison.Ordinal);
        Assert.InRange(blank.Given, 5 << 20, 6 << 20);
    }

    [Theory]
    [InlineData(100, 100, 1_000, null)]
    [InlineData(100, 99, 1_000, "Archive:MaxLineBytes")]
    [InlineData(70_000, 70_000, 1_000_000, null)]
    [InlineData(300_000, 299_999, 1_000_000, "Archive:MaxLineBytes")]
    [InlineData(100, 100, 99, "Archive:MaxListBytes")]
    public async Task Lines_and_lists_may_be_as_long_as_the_settings_say(int length, int mostLine, int mostList, string? setting)
    {
        Stored("a");
        var line = """{"source":"a"}""";
        _sources.With("some-source", "list.jsonl", line + new string(' ', length - line.Length));
        var settings = Some.ArchiveSettings with { MaxLineBytes = mostLine, MaxListBytes = mostList };

        if (setting is null)
            Assert.Single((await PlanAsync("""{"filesFrom":"list.jsonl"}""", settings)).Entries);
        else
            Assert.Contains(setting, (await RefusedAsync(ExitCode.DataError, """{"filesFrom":"list.jsonl"}""", settings)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"aipid":"p"}""")]
    [InlineData("""{"aipid":"p","filenames":["1","2","3"]}""")]
    public async Task An_archive_may_have_as_many_files_and_bytes_as_the_settings_say(string payload)
    {
        Stored("p/1", "p/2", "p/3");

        Assert.Equal(3, (await PlanAsync(payload, Some.ArchiveSettings with { MaxEntries = 3, MaxBytes = 9 })).Count);
        var tooMany = await RefusedAsync(ExitCode.DataError, payload, Some.ArchiveSettings with { MaxEntries = 2 });
        Assert.Contains("Archive:MaxEntries", tooMany.Message, StringComparison.Ordinal);
        var tooLarge = await RefusedAsync(ExitCode.DataError, payload, Some.ArchiveSettings with { MaxBytes = 8 });
        Assert.Contains("Archive:MaxBytes", tooLarge.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Planning_ends_when_the_setting_s_time_is_over()
    {
        var time = new FakeTimeProvider();
        using var slow = new EndlessStream((byte)' ') { BeforeRead = () => time.Advance(TimeSpan.FromSeconds(10)) };
        _sources.Streams["slow"] = slow;
        var planner = new Planner(Some.ArchiveSettings with { MaxPlanTime = TimeSpan.FromMinutes(1), MaxLineBytes = long.MaxValue, MaxListBytes = long.MaxValue }, _sources, time);

        var error = await Assert.ThrowsAsync<ArchiverException>(
            () => planner.PlanAsync(new ArchiveRequest { FilesFrom = "slow" }, "some-id", TestContext.Current.CancellationToken));

        Assert.Equal(ExitCode.DataError, error.ExitCode);
        Assert.Contains("Archive:MaxPlanTime", error.Message, StringComparison.Ordinal);
        Assert.Contains("60 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_package_with_a_file_and_a_folder_of_one_name_is_treated_as_equal_names_are()
    {
        Stored("p/d.txt", "p/d.txt/x.txt");

        Assert.Equal(["d.txt", "d (2).txt/x.txt"], NamesOf(await PlanAsync("""{"aipid":"p"}""")));
        await RefusedAsync(ExitCode.DataError, """{"aipid":"p"}""", Some.ArchiveSettings with { OnDuplicate = DuplicateName.Fail });
    }

    [Theory]
    [InlineData(MissingSource.Fail)]
    [InlineData(MissingSource.Retry)]
    public async Task A_folder_that_is_named_as_a_source_is_called_one(MissingSource onMissing)
    {
        Stored("photos/a.jpg");

        var error = await RefusedAsync(
            ExitCode.NoInput, """{"files":[{"source":"photos"}]}""", Some.ArchiveSettings with { OnMissing = onMissing });

        Assert.Contains("s3://some-source/photos is a folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listing_that_brings_what_is_not_below_the_package_is_not_cut_to_names()
    {
        Stored("p/a.txt");
        _sources.Lists = static (_, _) => true;
        Stored("elsewhere/b.txt");

        await RefusedAsync(ExitCode.Unavailable, """{"aipid":"p"}""");
    }

    [Fact]
    public async Task A_list_that_is_not_there_is_exit_code_66() =>
        await RefusedAsync(ExitCode.NoInput, """{"filesFrom":"missing.jsonl"}""");

    [Fact]
    public async Task An_empty_list_is_no_archive()
    {
        _sources.With("some-source", "list.jsonl", "\n");

        await RefusedAsync(ExitCode.NoInput, """{"filesFrom":"list.jsonl"}""");
    }

    [Fact]
    public async Task A_list_of_thousands_is_planned_in_its_order()
    {
        var names = Enumerable.Range(0, 25_000).Select(static i => $"{i % 7}/{i}.bin").ToArray();
        Stored(names);
        _sources.With("some-source", "list.jsonl", string.Join('\n', names.Select(static name => $$"""{"source":"{{name}}","destination":"all/"}""")));

        var plan = await PlanAsync("""{"filesFrom":"list.jsonl"}""");

        Assert.Equal(names, plan.Entries.Select(static entry => entry.Source.Address.Key));
    }

    private static IEnumerable<string> NamesOf(ArchivePlan plan) => plan.Entries.Select(static entry => entry.Name);

    private void Stored(params string[] keys)
    {
        foreach (var key in keys)
            _sources.With(Some.Address("some-source", key), Encoding.UTF8.GetBytes(key));
    }

    private async Task<ArchiverException> RefusedAsync(int exitCode, string payload, ArchiveSettings? settings = null)
    {
        var error = await Assert.ThrowsAsync<ArchiverException>(() => PlanAsync(payload, settings));
        Assert.Equal(exitCode, error.ExitCode);
        return error;
    }

    private Task<ArchivePlan> PlanAsync(string payload, ArchiveSettings? settings = null)
    {
        var request = RequestReader.Parse(payload);
        return new Planner(settings ?? Some.ArchiveSettings, _sources).PlanAsync(request, request.AipId ?? "some-id", TestContext.Current.CancellationToken);
    }
}
