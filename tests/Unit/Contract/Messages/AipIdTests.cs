using Archiver.Contract.Messages;
using FsCheck.Xunit;

namespace Archiver.Tests.Contract.Messages;

public sealed class AipIdTests
{
    [Theory]
    [InlineData("mds2909")]
    [InlineData("A")]
    [InlineData("9")]
    [InlineData("urn:uuid:7c0f-4")]
    [InlineData("collection/2024/mds2909")]
    [InlineData("a..b")]
    [InlineData("a.")]
    [InlineData("a/.b")]
    [InlineData("a/...")]
    [InlineData("a_b-c:d")]
    public void Letters_digits_and_some_marks_are_an_identifier(string text) => Assert.True(AipId.IsValid(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("--help")]
    [InlineData(".hidden")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../b")]
    [InlineData("a/..")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("a/.")]
    [InlineData("a/./b")]
    [InlineData("a/././.")]
    [InlineData("a b")]
    [InlineData("a\\b")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    [InlineData("ä")]
    [InlineData("a=b")]
    [InlineData("a;rm")]
    [InlineData("$a")]
    public void Any_other_text_is_not_an_identifier(string? text) => Assert.False(AipId.IsValid(text));

    [Fact]
    public void The_longest_identifier_has_256_characters()
    {
        Assert.True(AipId.IsValid(new string('a', 256)));
        Assert.False(AipId.IsValid(new string('a', 257)));
    }

    [Property]
    public void No_identifier_can_be_an_option_or_lead_out_of_its_folder(string? text)
    {
        if (!AipId.IsValid(text))
            return;
        Assert.NotEqual('-', text![0]);
        Assert.Equal($"/store/{text}", Path.GetFullPath($"/store/{text}"));
    }
}
