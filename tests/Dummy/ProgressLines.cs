namespace Archiver.Dummy;

/// <summary>Tells progress on standard error, as the processor does.</summary>
internal sealed class ProgressLines : IDisposable
{
    private readonly Timer? _timer;
    private int _bytes;

    public ProgressLines(int milliseconds, int step)
    {
        if (milliseconds > 0)
            _timer = new Timer(_ => Console.Error.WriteLine($$"""{"@t":"{{DateTime.UtcNow:O}}","@mt":"Archived {BytesDone}","BytesDone":{{_bytes += step}}}"""), null, 0, milliseconds);
    }

    public void Dispose() => _timer?.Dispose();
}
