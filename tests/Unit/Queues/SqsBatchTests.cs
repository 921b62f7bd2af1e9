using Amazon.SQS.Model;
using Archiver.Queues;
using Archiver.Queues.Sqs;

namespace Archiver.Tests.Queues;

public sealed class SqsBatchTests
{
    [Fact]
    public async Task Ten_items_go_in_one_call()
    {
        var sizes = new List<int>();

        await RunAsync(Enumerable.Range(0, 25).Select(i => $"h{i}"), batch =>
        {
            sizes.Add(batch.Length);
            return null;
        });

        Assert.Equal([10, 10, 5], sizes);
    }

    [Fact]
    public async Task A_failure_is_told_with_the_handle_that_failed()
    {
        var failures = await RunAsync(
            Enumerable.Range(0, 12).Select(i => $"h{i}"),
            batch => batch.Length == 2 ? [new() { Id = "1", Code = "InternalError", Message = "Try again." }] : null);

        Assert.Equal(new HandleFailure("h11", LeaseLost: false, "InternalError: Try again."), Assert.Single(failures));
    }

    [Theory]
    [InlineData("ReceiptHandleIsInvalid", "The input receipt handle is invalid.", true)]
    [InlineData("AWS.SimpleQueueService.MessageNotInflight", null, true)]
    [InlineData("MessageNotInflight", null, true)]
    [InlineData("InvalidParameterValue", "Value AQEB for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.", true)]
    [InlineData("InvalidParameterValue", "Value AQEB for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.", true)]
    [InlineData("InvalidParameterValue", "Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds].", false)]
    [InlineData("InternalError", null, false)]
    [InlineData("RequestThrottled", "Slow down", false)]
    public async Task Errors_that_no_second_try_can_cure_are_lost_leases(string code, string? message, bool lost)
    {
        var failures = await RunAsync(["h"], _ => [new() { Id = "0", Code = code, Message = message }]);

        Assert.Equal(lost, Assert.Single(failures).LeaseLost);
    }

    [Theory]
    [InlineData("0,1", "", "")]
    [InlineData("0", "1", "b")]
    [InlineData("0", "", "b")]
    [InlineData("", "", "a,b")]
    [InlineData("0,1", "7,-1,x,99999999999", "")]
    [InlineData("0,1,2,x", "", "")]
    [InlineData("0", "1,1,1", "b")]
    [InlineData("0,1", "1", "b")]
    [InlineData("00,+1", "", "a,b")]
    public async Task Every_entry_has_one_answer_whatever_the_server_says(string succeeded, string failed, string failures)
    {
        var found = await SqsBatches.RunAsync(["a", "b"], static handle => handle, _ => Task.FromResult(new SqsBatchAnswer(
            Split(succeeded), Split(failed).Select(static id => new BatchResultErrorEntry { Id = id, Code = "InternalError" }))));

        Assert.Equal(Split(failures), found.Select(static failure => failure.ReceiptHandle));
        Assert.DoesNotContain(found, static failure => failure.LeaseLost);
    }

    [Fact]
    public async Task An_answer_with_nothing_in_it_is_a_failure_of_all()
    {
        var found = await SqsBatches.RunAsync(["a"], static handle => handle, static _ => Task.FromResult(new SqsBatchAnswer(null, [new BatchResultErrorEntry()])));

        Assert.Equal("a", Assert.Single(found).ReceiptHandle);
    }

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static Task<IReadOnlyList<HandleFailure>> RunAsync(IEnumerable<string> handles, Func<string[], List<BatchResultErrorEntry>?> call) =>
        SqsBatches.RunAsync([.. handles], handle => handle, batch =>
        {
            var failed = call(batch);
            return Task.FromResult(new SqsBatchAnswer(Enumerable.Range(0, batch.Length).Select(SqsBatches.IdOf).Except(failed?.Select(static error => error.Id) ?? []), failed));
        });
}
