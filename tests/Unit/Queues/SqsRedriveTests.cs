using Archiver.Queues.Sqs;

namespace Archiver.Tests.Queues;

public sealed class SqsRedriveTests
{
    [Theory]
    [InlineData("""{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:dead","maxReceiveCount":"3"}""")]
    [InlineData("""{"deadLetterTargetArn":"arn:aws-cn:sqs:cn-north-1:123456789012:dead","maxReceiveCount":3}""")]
    public void The_count_may_be_text_or_number(string policy) =>
        Assert.Equal(new SqsRedrive("123456789012", "dead", 3), SqsRedrive.Parse(policy));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    [InlineData("""{"deadLetterTargetArn":"dead","maxReceiveCount":"3"}""")]
    [InlineData("""{"deadLetterTargetArn":null,"maxReceiveCount":"3"}""")]
    public void What_cannot_be_read_is_no_policy(string? policy) => Assert.Null(SqsRedrive.Parse(policy));
}
