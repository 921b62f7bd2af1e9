using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Programs.Settings;
using Serilog.Core;
using Serilog.Events;

namespace Archiver.Programs.Logging;

/// <summary>Creates each day's log file before the sink does, readable by its owner only: a log names sources and archives.</summary>
internal sealed class PrivateLogFile(string path, TimeProvider time, ILogEventSink sink) : ILogEventSink, IDisposable
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private DateOnly _day;

    public void Emit(LogEvent logEvent)
    {
        Prepare();
        sink.Emit(logEvent);
    }

    public void Dispose() => (sink as IDisposable)?.Dispose();

    /// <summary>Creates the day's file unless it exists.</summary>
    /// <exception cref="ArchiverException">Exit code 78: it cannot be written.</exception>
    public static void Prepare(string path, DateOnly day)
    {
        try
        {
            var full = Path.GetFullPath(path);
            var folder = Path.GetDirectoryName(full) ?? "/";
            Directory.CreateDirectory(folder);
            // The name that the sink will use.
            var file = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(full)}{day:yyyyMMdd}{Path.GetExtension(full)}");
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite | FileShare.Delete,
            };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = OwnerAlone;
            using var stream = new FileStream(file, options);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ArchiverException(
                ExitCode.Config, $"{SettingCatalog.LogFile.Name} is \"{path}\", which cannot be written: {error.Message}", error);
        }
    }

    private void Prepare()
    {
        var today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        if (today == _day)
            return;
        _day = today;
        try
        {
            Prepare(path, today);
        }
        catch (ArchiverException)
        {
            // The sink loses the line too, but a log that cannot be written must not stop the work.
        }
    }
}
