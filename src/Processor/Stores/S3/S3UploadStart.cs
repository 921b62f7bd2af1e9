using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.Processor.Stores.S3;

/// <summary>
/// Begins uploads. If a request to begin one were cancelled, its upload ID would remain unknown and the upload could not be aborted, so the
/// response is awaited even if the job is stopped in the meantime.
/// </summary>
internal sealed class S3UploadStart(IAmazonS3 client, S3Leftovers leftovers)
{
    // Together they fit into the default grace period of a stopped processor.
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan AbortPatience = TimeSpan.FromSeconds(4);

    /// <returns>The upload ID.</returns>
    /// <exception cref="OperationCanceledException">The job was stopped; nothing is left behind.</exception>
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
