using System.Globalization;
using System.Text.Json.Nodes;
using Archiver.Contract.Messages;
using Archiver.Contract.Text;
using Archiver.Queues;
using Spectre.Console;

namespace Archiver.Cli.Demo;

/// <summary>What came of the sample requests, as the queues tell it.</summary>
internal sealed class DemoReport
{
    private static readonly TimeSpan NoWait = TimeSpan.Zero;

    private const int WideEnough = 300;

    private readonly List<ReceivedMessage> _completions = [];
    private readonly List<ReceivedMessage> _rejected = [];
    private string _deadLetter = "";

    public static async Task<DemoReport> CollectAsync(DemoPlace place, CancellationToken cancellationToken)
    {
        var report = new DemoReport();
        var factory = place.Queues();
        await using var requests = factory.Open($"sqlite:{place.Folder}/queue.db#requests");
        await using var completions = factory.Open($"sqlite:{place.Folder}/queue.db#completions");
        await using var deadLetter = factory.Open((await QueueFactory.FindDeadLetterAsync(requests, configured: null, cancellationToken).ConfigureAwait(false))!);
        await TakeAllAsync(completions, report._completions, cancellationToken).ConfigureAwait(false);
        await TakeAllAsync(deadLetter, report._rejected, cancellationToken).ConfigureAwait(false);
        report._deadLetter = deadLetter.Location;
        return report;
    }

    /// <summary>One completion for each request, and the invalid one, and no other, in the dead-letter queue.</summary>
    public bool IsAsExpected(IReadOnlyList<DemoRequest> requests)
    {
        var invalid = requests.Count(static r => r.File == DemoRequests.Invalid);
        return _rejected.Count == invalid && _completions.Count == requests.Count && Archived().Count() == requests.Count - invalid
            && Archived().All(static c => File.Exists(new Uri(c.Archive!.Uri).LocalPath));
    }

    public void Show(bool json)
    {
        if (json)
        {
            Output.WriteJson(new JsonObject
            {
                ["completions"] = new JsonArray([.. _completions.Select(static m => ReadableBody.Parse(m.Body))]),
                ["rejected"] = new JsonArray([.. _rejected.Select(static m => ReadableBody.Parse(m.Body))]),
            });
            return;
        }
        ShowArchives();
        Console.WriteLine();
        Console.WriteLine("Completion messages");
        foreach (var message in _completions)
            Console.WriteLine($"  {SafeText.Escape(message.Body)}");
        Console.WriteLine();
        Console.WriteLine($"Rejected requests, now in {_deadLetter}");
        foreach (var message in _rejected)
        {
            Console.WriteLine($"  {SafeText.EscapeLines(message.Body.Trim())}");
            foreach (var (name, value) in message.Attributes)
                Console.WriteLine($"    {SafeText.Escape($"{name}: {value.StringValue}")}");
        }
    }

    private void ShowArchives()
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn("AIP ID").AddColumn(Right("Files")).AddColumn(Right("Bytes")).AddColumn(Right("Time")).AddColumn("Archive");
        foreach (var completion in Archived())
            table.AddRow(
                Markup.Escape(SafeText.Escape(completion.AipId)), Number(completion.Archive!.Files), Number(completion.Archive.Bytes), $"{completion.Archive.DurationMs} ms",
                Markup.Escape(SafeText.Escape(new Uri(completion.Archive.Uri).LocalPath)));
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        // A path that is cut to fit a column cannot be copied: the terminal may wrap the line instead.
        console.Profile.Width = Math.Max(console.Profile.Width, WideEnough);
        console.Write(table);
    }

    private IEnumerable<ArchiveCompletion> Archived() =>
        _completions.Select(static m => ReadableBody.Completion(m.Body)).OfType<ArchiveCompletion>().Where(static c => c.Archive is not null);

    private static async Task TakeAllAsync(IMessageQueue queue, List<ReceivedMessage> into, CancellationToken cancellationToken)
    {
        while (await queue.ReceiveAsync(10, NoWait, cancellationToken).ConfigureAwait(false) is { Count: > 0 } messages)
            into.AddRange(messages);
    }

    private static TableColumn Right(string title) => new TableColumn(title).RightAligned();

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
