using System.Globalization;

namespace Archiver.Processor.Reporting;

/// <summary>One line on a terminal that is redrawn in place.</summary>
internal sealed class ProgressBar(TextWriter terminal, string title)
{
    private const int Width = 30;

    public void ShowPlanning(long found) => Write($"\r{title} {found} objects found ");

    public void Show(TransferProgress progress)
    {
        var share = progress.BytesTotal == 0 ? 1 : (double)progress.BytesDone / progress.BytesTotal;
        var filled = (int)(share * Width);
        Write($"\r{title} [{new string('#', filled)}{new string('.', Width - filled)}] {share,4:P0} ");
        Write($"{progress.EntriesDone}/{progress.EntriesTotal} files {progress.BytesDone / 1e6:0.0}/{progress.BytesTotal / 1e6:0.0} MB ");
    }

    public void End() => terminal.WriteLine();

    private void Write(FormattableString text) => terminal.Write(text.ToString(CultureInfo.InvariantCulture));
}
