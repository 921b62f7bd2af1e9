using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.Processor.Stores.S3;

/// <summary>
/// Begins uploads. Who gives a request to begin one up before it is answered does not learn what it has made, and cannot end it: so the answer is waited for, also
/// when the job is stopped meanwhile.
/// </summary>
internal sealed class S3UploadStart(IAmazonS3 client, S3Leftovers leftovers)
{
    // Together they fit into the time that a stopped processor has by default.
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan AbortPatience = TimeSpan.FromSeconds(4);

    /// <returns>The upload's id.</returns>
    /// <exception cref="OperationCanceledException">The job was stopped; nothing is left.</exception>
    public async Task<string> BeginAsync(InitiateMultipartUploadRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var patience = new CancellationTokenSource();
        await using var stopped = cancellationToken.Register(() => patience.CancelAfter(AnswerPatience));
        try
        {
            var uploadId = (await client.InitiateMultipartUploadAsync(request, patience.Token).ConfigureAwait(false)).UploadId;
            if (!cancellationToken.IsCancellationRequested)
                return uploadId;
            using var abort = new CancellationTokenSource(AbortPatience);
            await leftovers.AbortAsync(request.Key, uploadId, abort.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            using var abort = new CancellationTokenSource(AbortPatience);
            await leftovers.AbortAsync(request.Key, abort.Token).ConfigureAwait(false);
        }
        throw new OperationCanceledException(cancellationToken);
    }
}
