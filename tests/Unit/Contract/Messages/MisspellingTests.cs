using Archiver.Contract.Messages;
using Archiver.Tests.Support;

namespace Archiver.Tests.Contract.Messages;

public sealed class MisspellingTests
{
    public static TheoryData<string> Samples { get; } = [.. Repository.Messages("request-*.json")];

    [Theory]
    [InlineData("filename", "filenames")]
    [InlineData("file_names", "filenames")]
    [InlineData("fileNames", "filenames")]
    [InlineData("FILENAMES", "filenames")]
    [InlineData("flienames", "filenames")]
    [InlineData("file", "files")]
    [InlineData("filesfrom", "filesFrom")]
    [InlineData("files_from", "filesFrom")]
    [InlineData("aip_id", "aipid")]
    [InlineData("AIPID", "aipid")]
    [InlineData("meta_data", "metadata")]
    [InlineData("prioritiy", "priority")]
    [InlineData("timestmap", "timestamp")]
    public void A_name_close_to_a_known_one_is_reported_with_it(string given, string meant)
    {
        var found = Assert.Single(Misspelling.In(RequestReader.Parse($$"""{"aipid":"a","{{given}}":null}""")));

        Assert.Equal((given, meant), (found.Given, found.Meant));
    }

    [Theory]
    [InlineData("user_email")]
    [InlineData("format")]
    [InlineData("name")]
    [InlineData("title")]
    [InlineData("")]
    [InlineData("id")]
    [InlineData("filenames_of_the_package")]
    public void Other_names_are_left_to_their_sender(string given) =>
        Assert.Empty(Misspelling.In(RequestReader.Parse($$"""{"aipid":"a","{{given}}":null}""")));

    [Theory]
    [MemberData(nameof(Samples))]
    public void No_sample_has_a_misspelling(string name) => Assert.Empty(Misspelling.In(RequestReader.Parse(Repository.Message(name))));

    [Fact]
    public void At_most_five_misspellings_are_reported()
    {
        var many = string.Join(',', Enumerable.Range(0, 100).Select(static i => $"\"files{i}\":1"));

        Assert.Equal(5, Misspelling.In(RequestReader.Parse($$"""{"aipid":"a",{{many}}}""")).Count());
    }
}
