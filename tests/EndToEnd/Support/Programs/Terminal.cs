namespace Archiver.EndToEnd.Support.Programs;

/// <summary>A program in a terminal of its own: keys can be pressed in it, and it can be closed. What the program shows is in the log.</summary>
public sealed class Terminal(TestFolder folder) : IAsyncDisposable
{
    private const string CtrlC = "\u0003";
    private const string Close = "close";

    // A terminal is a session whose leader is the program. Python knows how to make one, .NET does not.
    private const string Script =
        """
        import os, pty, select, sys, termios
        keys, program = sys.argv[1], sys.argv[2:]
        child, terminal = pty.fork()
        if child == 0:
            modes = termios.tcgetattr(0)
            modes[3] &= ~termios.ECHO
            termios.tcsetattr(0, termios.TCSANOW, modes)
            os.execv(program[0], program)
        while True:
            try:
                if select.select([terminal], [], [], 0.05)[0]:
                    os.write(2, os.read(terminal, 65536))
            except OSError:
                break
            if os.path.exists(keys):
                with open(keys) as file:
                    pressed = file.read()
                os.unlink(keys)
                if pressed == "close":
                    break
                os.write(terminal, pressed.encode())
        os.close(terminal)
        status = os.waitpid(child, 0)[1]
        sys.exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
        """;

    public ProgramUnderTest Program { get; private set; } = null!;

    private string Keys => folder["keys"];

    public static Terminal Open(TestFolder folder, IReadOnlyDictionary<string, string?> settings, string program, params string[] arguments) => new(folder)
    {
        Program = ProgramUnderTest.Start("python3", ["-c", Script, folder["keys"], program, .. arguments], folder.Path, settings),
    };

    public void PressCtrlC() => Press(CtrlC);

    public void CloseIt() => Press(Close);

    public ValueTask DisposeAsync() => Program.DisposeAsync();

    // Whoever looks must never find half a file.
    private void Press(string keys)
    {
        File.WriteAllText(Keys + ".tmp", keys);
        File.Move(Keys + ".tmp", Keys);
    }
}
