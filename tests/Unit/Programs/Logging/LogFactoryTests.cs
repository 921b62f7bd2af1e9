using System.Text.Json;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Programs.Logging;
using Archiver.Tests.Support;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;
using Serilog.Parsing;

namespace Archiver.Tests.Contract.Logging;

public sealed class LogFactoryTests : IDisposable
{
    private const string Evil = "\u001b[2J\n12:00:00.000 INF forged \u009b31m \u202e";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_readable_line_is_one_whatever_a_message_says()
    {
        var line = Format(new SafeFormatter(new MessageTemplateTextFormatter("{Level:u3} {Message:lj} {Properties:j}"), showsException: true), exception: null);

        Assert.Equal(1, line.Count(static c => c == '\n'));
        Assert.StartsWith(@"INF Says \u001B[2J\u000A12:00:00.000 INF forged \u009B31m \u202E", line, StringComparison.Ordinal);
    }

    [Fact]
    public void No_line_of_an_exception_passes_for_one_of_the_log()
    {
        var lines = Format(
            new SafeFormatter(new MessageTemplateTextFormatter("{Level:u3} {Message:lj}"), showsException: true), new InvalidOperationException(Evil)).TrimEnd().Split('\n');

        Assert.True(lines.Length > 1);
        Assert.All(lines[1..], static line => Assert.StartsWith("    ", line, StringComparison.Ordinal));
        Assert.All(lines, static line => Assert.DoesNotContain(line, static c => char.IsControl(c) || c == '\u202e'));
    }

    [Fact]
    public void A_json_line_is_safe_and_says_what_was_said()
    {
        var line = Format(new SafeFormatter(new CompactJsonFormatter(), showsException: false), new InvalidOperationException(Evil)).TrimEnd();

        Assert.DoesNotContain(line, static c => char.IsControl(c) || c == '\u202e');
        Assert.Equal(Evil, JsonDocument.Parse(line).RootElement.GetProperty("Text").GetString());
    }

    [Fact]
    public void The_log_file_is_its_owner_s_alone()
    {
        using (var log = LogFactory.Create(new LogSettings(Debug: false, Readable: false, _folder["log/archiver.json"])))
            log.Error("Something {Text}", "happened");

        var file = Assert.Single(Directory.GetFiles(_folder["log"]));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Contains("happened", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/proc/nowhere/archiver.log")]
    [InlineData("/dev/null/archiver.log")]
    public void A_log_file_that_cannot_be_written_is_named(string path)
    {
        var error = Assert.Throws<ArchiverException>(() => LogFactory.Create(new LogSettings(Debug: false, Readable: false, path)));

        Assert.Equal(ExitCode.Config, error.ExitCode);
        Assert.StartsWith($"Log:File is \"{path}\", which cannot be written: ", error.Message, StringComparison.Ordinal);
    }

    private static string Format(SafeFormatter formatter, Exception? exception)
    {
        using var output = new StringWriter { NewLine = "\n" };
        formatter.Format(new LogEvent(DateTimeOffset.UnixEpoch, LogEventLevel.Information, exception, new MessageTemplateParser().Parse("Says {Text}"),
            [new LogEventProperty("Text", new ScalarValue(Evil))]), output);
        return output.ToString();
    }
}
