using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Queues;

namespace Archiver.Tests.Support;

public static partial class Some
{
    public static ReceivedMessage Message(string body = """{"aipid":"mds2909"}""") => new()
    {
        MessageId = "5fea7756-0ea4-451a-a703-a558b933e274",
        ReceiptHandle = "some-receipt-handle",
        Body = body,
        SentAt = new DateTimeOffset(2024, 5, 30, 14, 30, 0, TimeSpan.Zero),
    };

    internal static ProcessorResult Success { get; } = new()
    {
        AipId = "mds2909",
        Success = true,
        Message = ArchiveCompletion.SuccessMessage,
        Archive = new ArchiveDescription
        {
            Uri = "s3://some-destination/8f4e/download-2024-05-30.zip",
            Url = "https://cdn.example.test/8f4e/download-2024-05-30.zip",
            Bytes = 12_345,
            Files = 2,
            Crc = "0badf00d",
            DurationMs = 678,
        },
    };

    internal static ProcessorResult Failure { get; } = new()
    {
        Message = "s3://some-source/a.txt does not exist.",
        Error = new FailureDescription("NOINPUT", ExitCode.NoInput, "s3://some-source/a.txt does not exist."),
    };
}
