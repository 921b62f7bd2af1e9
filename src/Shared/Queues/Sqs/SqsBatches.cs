using System.Globalization;
using Amazon.SQS.Model;

namespace Archiver.Queues.Sqs;

/// <summary>Batches of SQS: at most ten entries a call, and an answer for each of them.</summary>
internal static class SqsBatches
{
    private const int Size = 10;

    /// <summary>Calls once per ten items, and gathers the failures.</summary>
    public static async Task<IReadOnlyList<HandleFailure>> RunAsync<T>(
        IReadOnlyCollection<T> items, Func<T, string> handleOf, Func<T[], Task<List<BatchResultErrorEntry>?>> call)
    {
        var failures = new List<HandleFailure>();
        foreach (var batch in items.Chunk(Size))
        {
            // Collections in answers are null when there is nothing.
            foreach (var error in await call(batch).ConfigureAwait(false) ?? [])
                failures.Add(ToFailure(handleOf(batch[int.Parse(error.Id, CultureInfo.InvariantCulture)]), error));
        }

        return failures;
    }

    /// <summary>Entries are told apart by their place in the batch.</summary>
    public static string IdOf(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static HandleFailure ToFailure(string handle, BatchResultErrorEntry error) =>
        new(handle, IsLeaseLost(error.Code ?? "", error.Message ?? ""), $"{error.Code}: {error.Message}".Split('\r', '\n')[0]);

    // InvalidParameterValue stands for an expired handle, for a message that is gone, and for a timeout beyond 12 hours; the last is no lost lease.
    private static bool IsLeaseLost(string code, string message) =>
        code.Contains("ReceiptHandleIsInvalid", StringComparison.Ordinal)
        || code.Contains("MessageNotInflight", StringComparison.Ordinal)
        || (code.Contains("InvalidParameterValue", StringComparison.Ordinal)
            && message.Replace(" ", "", StringComparison.Ordinal).Contains("ReceiptHandle", StringComparison.OrdinalIgnoreCase));
}
