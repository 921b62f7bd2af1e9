using Archiver.Poller.Telemetry;
using Archiver.Tests.Support;

namespace Archiver.Tests.Poller.Telemetry;

public sealed class MaskedUrlsTests
{
    [Theory]
    [InlineData("https://user:secret@sqs.example.com/1/requests", "https://********@sqs.example.com/1/requests")]
    [InlineData("The queue https://user:secret@sqs.example.com/1/requests does not exist.", "The queue https://********@sqs.example.com/1/requests does not exist.")]
    [InlineData("https://sqs.example.com/1/requests", "https://sqs.example.com/1/requests")]
    [InlineData("sqlite:./queue.db#requests", "sqlite:./queue.db#requests")]
    public void No_line_tells_the_password_of_a_url(string location, string logged)
    {
        var sink = new EventSink();
        using var log = sink.CreateLogger();

        log.ForContext(new MaskedUrls()).Information("Polling {Queue}, {Count} at once", location, 5);

        Assert.Equal($"Polling \"{logged}\", 5 at once", Assert.Single(sink.Events).RenderMessage());
    }
}
