using Microsoft.AspNetCore.Http;

namespace Archiver.EndToEnd.Support;

/// <summary>Counts a request's body as it is read.</summary>
internal sealed class CountedRequestBody(Stream inner, RequestCounters.Tally tally) : PassingStream(inner)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await base.ReadAsync(buffer, cancellationToken);
        tally.In(read);
        return read;
    }
}

/// <summary>Counts an answer's body as it is written.</summary>
internal sealed class CountedResponseBody(Stream inner, RequestCounters.Tally tally) : PassingStream(inner)
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await base.WriteAsync(buffer, cancellationToken);
        tally.Out(buffer.Length);
    }
}

/// <summary>Breaks the connection when half of the answer that was promised has been written.</summary>
internal sealed class CutResponseBody(Stream inner, HttpContext context) : PassingStream(inner)
{
    private long _written;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var left = (context.Response.ContentLength ?? 0) / 2 - _written;
        var part = buffer[..(int)Math.Min(buffer.Length, left)];
        await base.WriteAsync(part, cancellationToken);
        _written += part.Length;
        if (part.Length == buffer.Length)
            return;
        await base.FlushAsync(cancellationToken);
        context.Abort();
        throw new IOException("Cut short on purpose");
    }
}
