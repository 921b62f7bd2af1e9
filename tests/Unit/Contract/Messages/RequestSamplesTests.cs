using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Processor.Planning;
using Archiver.Tests.Support;

namespace Archiver.Tests.Contract.Messages;

/// <summary>Requests as sent by the systems that this program replaces.</summary>
public sealed class RequestSamplesTests
{
    private static readonly MemorySource Sources = new MemorySource()
        .With("some-source", "example-directory/uuid1.png").With("some-source", "example-directory/uuid2.png").With("some-source", "example-directory/uuid3.png")
        .With("foobar", "example-directory/uuid2.png").With("some-source", "source.jpg")
        .With("some-source", "mds2909/trial1.txt").With("some-source", "mds2909/trial2.txt");

    public static TheoryData<string> Valid { get; } = [.. Repository.Messages("request-*.json")];

    public static TheoryData<string> Invalid { get; } = [.. Repository.Messages("invalid-*.json")];

    [Fact]
    public void There_are_valid_and_invalid_samples() => Assert.Equal((5, 6), (Valid.Count, Invalid.Count));

    [Theory]
    [MemberData(nameof(Valid))]
    public async Task Every_valid_sample_is_planned(string name) => Assert.NotEmpty((await PlanAsync(name)).Entries);

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task Every_invalid_sample_is_exit_code_65(string name)
    {
        var error = await Assert.ThrowsAsync<ArchiverException>(() => PlanAsync(name));

        Assert.Equal(ExitCode.DataError, error.ExitCode);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("invalid-aipid-option.json", "aipid \"--help\"")]
    [InlineData("invalid-no-source.json", "files[0] has no source")]
    [InlineData("invalid-not-json.json", "not JSON")]
    [InlineData("invalid-nothing-to-archive.json", "names nothing to archive")]
    [InlineData("invalid-priority.json", "priority \"urgent\"")]
    [InlineData("invalid-traversal.json", "\"../../etc/cron.d/x.txt\"")]
    public async Task Every_invalid_sample_is_answered_with_what_is_wrong(string name, string words) =>
        Assert.Contains(words, (await Assert.ThrowsAsync<ArchiverException>(() => PlanAsync(name))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("request-media.json", "album_1/uuid1.png", "album_1/uuid2.png", "album_2/uuid3.png")]
    [InlineData("request-media-simple.json", "uuid1.png", "uuid2.png")]
    [InlineData("request-media-extra-properties.json", "album_1/source.jpg")]
    [InlineData("request-aip-filenames.json", "trial1.txt", "trial2.txt")]
    [InlineData("request-aip-whole.json", "trial1.txt", "trial2.txt")]
    public async Task Every_valid_sample_has_its_entries(string name, params string[] entries) =>
        Assert.Equal(entries, (await PlanAsync(name)).Entries.Select(static entry => entry.Name));

    private static Task<ArchivePlan> PlanAsync(string name)
    {
        var request = RequestReader.Parse(Repository.Message(name));
        return new Planner(Some.ArchiveSettings, Sources).PlanAsync(request, request.AipId ?? "some-message-id", TestContext.Current.CancellationToken);
    }
}
