using System.ComponentModel;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Archiver.Poller.Processors;

/// <summary>
/// A program that was started as the leader of a process group of its own, so that Ctrl-C in a terminal reaches the poller alone.
/// <see cref="System.Diagnostics.Process"/> cannot do that: nobody but the child itself may move it once it runs a program.
/// </summary>
internal sealed partial class Child : IDisposable
{
    private const int Exited = 4;
    private const int LeaveZombie = 0x0100_0000;
    private const int ByProcessId = 1;
    private const int WatcherStack = 256 << 10;

    private bool _isReaped;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Child(int processId, Stream input, Stream output, Stream error)
    {
        (ProcessId, Input, Output, Error) = (processId, input, output, error);
        new Thread(Watch, WatcherStack) { IsBackground = true, Name = $"child {processId}" }.Start();
    }

    public int ProcessId { get; }

    public Stream Input { get; }

    public Stream Output { get; }

    public Stream Error { get; }

    /// <summary>Completes when it has ended. Its process id is not used again before <see cref="Reap"/>.</summary>
    public Task Ended => _ended.Task;

    /// <exception cref="Win32Exception">It cannot be started; the error number says why.</exception>
    public static Child Start(string path, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        using var input = new Pipe();
        using var output = new Pipe();
        using var error = new Pipe();
        // Nobody else may take a child whose start has not returned yet for an orphan.
        lock (Orphans.Known)
        {
            var processId = PosixSpawn.Start(path, [path, .. arguments], [.. environment.Select(static pair => $"{pair.Key}={pair.Value}")], input.Reader, output.Writer, error.Writer);
            Orphans.Known.Add(processId);
            return new Child(processId, input.TakeWriter(), output.TakeReader(), error.TakeReader());
        }
    }

    /// <summary>Its exit code, 128 + n for death by signal n; null when the system does not tell.</summary>
    public int? Reap()
    {
        lock (Orphans.Known)
        {
            var reaped = WaitFor(ProcessId, out var status, 0);
            Orphans.Known.Remove(ProcessId);
            _isReaped = true;
            // Those behind it had to wait.
            Orphans.Reap();
            return reaped != ProcessId ? null : (status & 0x7f) == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f);
        }
    }

    public void Dispose()
    {
        Input.Dispose();
        Output.Dispose();
        Error.Dispose();
        if (!_isReaped)
            _ = Ended.ContinueWith(_ => Reap(), TaskScheduler.Default);
    }

    private void Watch()
    {
        Span<byte> ignored = stackalloc byte[128];
        while (WaitForId(ByProcessId, ProcessId, ref MemoryMarshal.GetReference(ignored), Exited | LeaveZombie) < 0 && Marshal.GetLastPInvokeError() == PosixSpawn.Interrupted)
        {
        }
        _ended.SetResult();
    }

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    private static partial int WaitForId(int kind, int id, ref byte information, int options);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int WaitFor(int processId, out int status, int options);

    /// <summary>Two ends, neither of which any program that is started inherits by accident.</summary>
    private sealed partial class Pipe : IDisposable
    {
        private const int CloseOnExec = 0x80000;

        private readonly SafePipeHandle _reader;
        private readonly SafePipeHandle _writer;
        private bool _readerTaken;
        private bool _writerTaken;

        public Pipe()
        {
            Span<int> ends = stackalloc int[2];
            if (Create(ref MemoryMarshal.GetReference(ends), CloseOnExec) != 0)
                throw new Win32Exception(Marshal.GetLastPInvokeError());
            (_reader, _writer) = (new SafePipeHandle(ends[0], ownsHandle: true), new SafePipeHandle(ends[1], ownsHandle: true));
        }

        public int Reader => (int)_reader.DangerousGetHandle();

        public int Writer => (int)_writer.DangerousGetHandle();

        public AnonymousPipeClientStream TakeReader()
        {
            _readerTaken = true;
            return new AnonymousPipeClientStream(PipeDirection.In, _reader);
        }

        public AnonymousPipeClientStream TakeWriter()
        {
            _writerTaken = true;
            return new AnonymousPipeClientStream(PipeDirection.Out, _writer);
        }

        public void Dispose()
        {
            if (!_readerTaken)
                _reader.Dispose();
            if (!_writerTaken)
                _writer.Dispose();
        }

        [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
        private static partial int Create(ref int ends, int flags);
    }
}
