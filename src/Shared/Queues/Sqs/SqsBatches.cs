using System.Globalization;
using Amazon.SQS.Model;

namespace Archiver.Queues.Sqs;

/// <summary>The answer to a batch call: the IDs of the entries that succeeded, and the failures.</summary>
internal readonly record struct SqsBatchAnswer(IEnumerable<string?>? Succeeded, IEnumerable<BatchResultErrorEntry>? Failed);

/// <summary>SQS batches: at most ten entries per call, with an answer for each.</summary>
internal static class SqsBatches
{
    private const int Size = 10;

    /// <summary>
    /// Makes one call per ten items and collects the failures. Items without an answer count as failed; answers about anything else are
    /// ignored.
    /// </summary>
    public static async Task<IReadOnlyList<HandleFailure>> RunAsync<T>(
        IReadOnlyCollection<T> items, Func<T, string> handleOf, Func<T[], Task<SqsBatchAnswer>> call)
    {
        var failures = new List<HandleFailure>();
        foreach (var batch in items.Chunk(Size))
            failures.AddRange(Read([.. batch.Select(handleOf)], await call(batch).ConfigureAwait(false)));
        return failures;
    }

    /// <summary>Entries are identified by their position in the batch.</summary>
    public static string IdOf(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<HandleFailure> Read(string[] handles, SqsBatchAnswer answer)
    {
        // The SDK leaves empty collections null.
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

    // InvalidParameterValue means an expired handle, a message that is gone, or a timeout beyond 12 hours; the last is not a lost lease.
    private static bool IsLeaseLost(string code, string message) =>
        code.Contains("ReceiptHandleIsInvalid", StringComparison.Ordinal)
        || code.Contains("MessageNotInflight", StringComparison.Ordinal)
        || (code.Contains("InvalidParameterValue", StringComparison.Ordinal)
            && message.Replace(" ", "", StringComparison.Ordinal).Contains("ReceiptHandle", StringComparison.OrdinalIgnoreCase));
}
