using System.Net;

namespace Archiver.Processor.Stores.S3;

/// <summary>The body of a PUT request, which can be sent again for a retry.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Content">Creates the content for one attempt.</param>
internal sealed record S3Body(long Length, Func<HttpContent> Content)
{
    public static S3Body Of(ReadOnlyMemory<byte> bytes) => new(bytes.Length, () => new ReadOnlyMemoryContent(bytes));

    public static S3Body Streamed(PartWriter writer, long length) => new(length, () => new WrittenContent(writer, length));

    /// <summary>Content that is written while it is sent.</summary>
    private sealed class WrittenContent(PartWriter writer, long length) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => writer(stream, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            writer(stream, cancellationToken);

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}
