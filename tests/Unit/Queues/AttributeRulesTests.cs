using Archiver.Queues;

namespace Archiver.Tests.Queues;

public sealed class AttributeRulesTests
{
    [Theory]
    [InlineData("Correlation-Id")]
    [InlineData("a.b_c-9")]
    [InlineData("Awsome")]
    [InlineData("x.AWS.y")]
    public void Names_that_sqs_accepts_are_accepted(string name) =>
        Assert.Null(AttributeRules.FindProblem(name, MessageAttribute.Text("x")));

    [Theory]
    [InlineData("")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData("größe")]
    [InlineData("a\n")]
    [InlineData("AWS.TraceHeader")]
    [InlineData("aws.x")]
    [InlineData("AMAZON.x")]
    public void Names_that_sqs_refuses_are_refused(string name) =>
        Assert.NotNull(AttributeRules.FindProblem(name, MessageAttribute.Text("x")));

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void A_name_has_256_characters_at_most(int length, bool isTaken) =>
        Assert.Equal(isTaken, AttributeRules.FindProblem(new string('x', length), MessageAttribute.Text("x")) is null);

    [Theory]
    [InlineData("String", "x", true)]
    [InlineData("String.custom", " \t\r\n😀", true)]
    [InlineData("String", "", false)]
    [InlineData("String", null, false)]
    [InlineData("String", "a\0", false)]
    [InlineData("String", "\uFFFF", false)]
    [InlineData("String.", "x", false)]
    [InlineData("string", "x", false)]
    [InlineData("Stringx", "x", false)]
    [InlineData("Number", "-12.5e10", true)]
    [InlineData("Number.int", "7", true)]
    [InlineData("Number", "7 apples", false)]
    [InlineData("Number", ".", false)]
    [InlineData("Number", "123456789012345678901234567890123456789", false)]
    [InlineData("Binary", "x", false)]
    [InlineData("", "x", false)]
    public void A_value_must_fit_its_type(string type, string? value, bool isTaken) =>
        Assert.Equal(isTaken, AttributeRules.FindProblem("a", new MessageAttribute(type, value)) is null);

    [Fact]
    public void Half_a_character_is_refused() => Assert.NotNull(AttributeRules.FindProblem("a", MessageAttribute.Text("\uDC00")));

    [Fact]
    public void A_binary_must_have_bytes()
    {
        Assert.Null(AttributeRules.FindProblem("a", new MessageAttribute("Binary.gif", null, new byte[] { 0 })));
        Assert.NotNull(AttributeRules.FindProblem("a", new MessageAttribute("Binary.gif", null)));
    }
}
