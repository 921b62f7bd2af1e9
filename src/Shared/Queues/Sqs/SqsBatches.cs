using System.Globalization;
using Amazon.SQS.Model;

namespace Archiver.Queues.Sqs;

/// <summary>What a batch call answers: the ids of the entries that succeeded, and the failures.</summary>
internal readonly record struct SqsBatchAnswer(IEnumerable<string?>? Succeeded, IEnumerable<BatchResultErrorEntry>? Failed);

/// <summary>Batches of SQS: at most ten entries a call, and an answer for each of them.</summary>
internal static class SqsBatches
{
    private const int Size = 10;

    /// <summary>
    /// Calls once per ten items, and gathers the failures. What is not answered counts as failed; answers about anything else count for
    /// nothing.
    /// </summary>
    public static async Task<IReadOnlyList<HandleFailure>> RunAsync<T>(
        IReadOnlyCollection<T> items, Func<T, string> handleOf, Func<T[], Task<SqsBatchAnswer>> call)
    {
        var failures = new List<HandleFailure>();
        foreach (var batch in items.Chunk(Size))
            failures.AddRange(Read([.. batch.Select(handleOf)], await call(batch).ConfigureAwait(false)));
        return failures;
    }

    /// <summary>Entries are told apart by their place in the batch.</summary>
    public static string IdOf(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<HandleFailure> Read(string[] handles, SqsBatchAnswer answer)
    {
        // Collections in answers are null when there is nothing.
        var failed = (answer.Failed ?? []).Where(static error => error.Id is not null).ToLookup(static error => error.Id);
        var succeeded = (answer.Succeeded ?? []).ToHashSet();
        for (var i = 0; i < handles.Length; i++)
            if (failed[IdOf(i)].FirstOrDefault() is { } error)
                yield return ToFailure(handles[i], error);
            else if (!succeeded.Contains(IdOf(i)))
                yield return new HandleFailure(handles[i], LeaseLost: false, "the answer to the batch does not mention this message");
    }

    private static HandleFailure ToFailure(string handle, BatchResultErrorEntry error) =>
        new(handle, IsLeaseLost(error.Code ?? "", error.Message ?? ""), $"{error.Code}: {error.Message}".Split('\r', '\n')[0]);

    // InvalidParameterValue stands for an expired handle, for a message that is gone, and for a timeout beyond 12 hours; the last is no
    // lost lease.
    private static bool IsLeaseLost(string code, string message) =>
        code.Contains("ReceiptHandleIsInvalid", StringComparison.Ordinal)
        || code.Contains("MessageNotInflight", StringComparison.Ordinal)
        || (code.Contains("InvalidParameterValue", StringComparison.Ordinal)
            && message.Replace(" ", "", StringComparison.Ordinal).Contains("ReceiptHandle", StringComparison.OrdinalIgnoreCase));
}
