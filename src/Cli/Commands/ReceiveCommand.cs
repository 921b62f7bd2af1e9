using System.CommandLine;
using System.Text.Json.Nodes;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Text;
using Archiver.Programs.CommandLine;
using Archiver.Programs.Settings;
using Archiver.Queues;

namespace Archiver.Cli.Commands;

/// <summary>Receives messages: completions, or what lies in another queue.</summary>
internal static class ReceiveCommand
{
    private static readonly Option<int?> MaxOption = ValueOption.Create("--max", "Maximum number of messages, 1 to 10 (default: 1)", SettingForm.WholeNumber(1, 10));
    private static readonly Option<TimeSpan?> WaitOption =
        ValueOption.Create("--wait", "Seconds to wait for the first message, 0 to 20 (default: Queue:WaitTime)", SettingCatalog.WaitTimeForm);
    private static readonly Option<bool> DeleteOption = new("--delete") { Description = "Delete the messages once they are printed" };

    public static Command Create()
    {
        var command = new Command("receive",
            """
            Receives completion messages. They reappear after the visibility timeout unless they are deleted.

              archiver receive
              archiver receive --max 10 --delete
              archiver receive --queue dead-letter
              archiver --json receive | jq .body.archive.url
            """);
        foreach (var option in new Option[] { NamedQueue.Option, MaxOption, WaitOption, DeleteOption })
            command.Options.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = CommonOptions.Load(parsed);
        await using var queue = await NamedQueue.OpenAsync(parsed, settings, cancellationToken).ConfigureAwait(false);
        var wait = parsed.GetValue(WaitOption) ?? settings.Get(SettingCatalog.QueueWaitTime);
        var messages = await queue.ReceiveAsync(parsed.GetValue(MaxOption) ?? 1, wait, cancellationToken).ConfigureAwait(false);
        foreach (var message in messages)
            Print(message, CommonOptions.WantsJson(parsed));
        if (messages.Count == 0 && !CommonOptions.WantsJson(parsed))
            Console.WriteLine($"No message in {queue.Location}.");
        if (parsed.GetValue(DeleteOption))
            foreach (var failure in await queue.DeleteAsync([.. messages.Select(static m => m.ReceiptHandle)], cancellationToken).ConfigureAwait(false))
                throw new ArchiverException(ExitCode.TempFail, $"A message could not be deleted and will reappear: {failure.Reason}");
        return ExitCode.Ok;
    }

    private static void Print(ReceivedMessage message, bool json)
    {
        if (json)
        {
            Output.WriteJson(new JsonObject
            {
                ["messageId"] = message.MessageId,
                ["receiptHandle"] = message.ReceiptHandle,
                ["receiveCount"] = message.ReceiveCount,
                ["attributes"] = new JsonObject(message.Attributes.Select(static a =>
                    KeyValuePair.Create<string, JsonNode?>(a.Key, a.Value.StringValue ?? Convert.ToBase64String(a.Value.BinaryValue.Span)))),
                ["body"] = ReadableBody.Parse(message.Body),
            });
            return;
        }
        Console.WriteLine($"Message        {SafeText.Escape(message.MessageId)}");
        foreach (var (name, text) in ReadableBody.Lines(message))
            Console.WriteLine($"{SafeText.Escape(name),-14} {SafeText.Escape(text)}");
        Console.WriteLine($"Receipt handle {SafeText.Escape(message.ReceiptHandle)}");
        Console.WriteLine();
    }
}
