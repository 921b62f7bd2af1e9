using System.Text.Json;
using Archiver.Contract;
using Archiver.Contract.Text;

namespace Archiver.Tests.Contract.Text;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("Größe 日の出 👩‍🚀 \"quoted\" \\back", "Größe 日の出 👩‍🚀 \"quoted\" \\back")]
    [InlineData("a\u001b[2Jb", @"a\u001B[2Jb")]
    [InlineData("a\nb\r\nc\td", @"a\u000Ab\u000D\u000Ac\u0009d")]
    [InlineData("\u009b31m\u007f\0", @"\u009B31m\u007F\u0000")]
    [InlineData("exe.\u202egpj", @"exe.\u202Egpj")]
    [InlineData("\u2066\u2069\u200e\u061c\u200b\ufeff", @"\u2066\u2069\u200E\u061C\u200B\uFEFF")]
    [InlineData("line\u2028line\u2029\u0085", @"line\u2028line\u2029\u0085")]
    public void What_could_act_on_a_terminal_or_forge_a_line_is_escaped(string text, string safe) =>
        Assert.Equal(safe, SafeText.Escape(text));

    [Fact]
    public void Broken_and_invisible_surrogates_are_escaped()
    {
        Assert.Equal(@"a\uD800b\uDC00", SafeText.Escape("a\ud800b\udc00"));
        Assert.Equal(@"\uDB40\uDC01x", SafeText.Escape("\U000E0001x"));
    }

    [Fact]
    public void A_line_of_json_says_the_same_as_before()
    {
        const string text = "\u009b\u202e\u2028\u200b";
        var json = $"{{\"a\":\"{text}\"}}";

        Assert.Equal(text, JsonDocument.Parse(SafeText.Escape(json)).RootElement.GetProperty("a").GetString());
    }

    [Fact]
    public void Lines_after_the_first_are_indented_so_that_none_is_forged() =>
        Assert.Equal("first\n    12:00:00 INF forged\n    \\u001B[0m", SafeText.EscapeLines("first\r\n12:00:00 INF forged\n\u001b[0m"));

    [Theory]
    [InlineData("short", "short")]
    [InlineData("exactly 10", "exactly 10")]
    [InlineData("more than ten", "more than ...")]
    [InlineData("123456789👩", "123456789...")]
    public void A_long_text_is_cut_between_characters(string text, string shortened) => Assert.Equal(shortened, SafeText.Shorten(text, 10));

    [Fact]
    public void An_error_is_one_safe_line_whatever_it_quotes()
    {
        var error = new ArchiverException(66, "\"a\nb\u001b]0;x\u0007\" at https://user:hunter2@host/x?X-Amz-Signature=hunter2 does not exist.");

        Assert.Equal(@"""a\u000Ab\u001B]0;x\u0007"" at https://********@host/x?******** does not exist.", error.Message);
    }
}
