using System.Globalization;
using Archiver.Contract.Boundary;
using Archiver.Queues.Local;
using Microsoft.Data.Sqlite;

namespace Archiver.Queues.Sqlite;

/// <summary>A message as stored in its row. Other programs may have written the row: it can be read whatever its columns hold.</summary>
internal sealed record SqliteRow
{
    // Blobs are UTF-16, and attributes are JSON that may have escaped characters. Anything larger is not even loaded.
    public const string Columns = """
        position, id, receives, sent_at, group_id,
        CASE WHEN octet_length(attributes) <= 8388608 THEN attributes END,
        CASE WHEN octet_length(body) <= iif(typeof(body) = 'blob', 2097152, 1048576) THEN body END
        """;

    public required long Position { get; init; }

    /// <summary>Null if another program wrote something that is not a message ID.</summary>
    public required string? Id { get; init; }

    public required int Receives { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    public required string? GroupId { get; init; }

    public required IReadOnlyDictionary<string, MessageAttribute> Attributes { get; init; }

    /// <summary>Null if it is larger than a message may be.</summary>
    public required string? Body { get; init; }

    public bool IsTooLarge => Body is null;

    /// <summary>The attributes, in the dead-letter queue, of a row that was too large to deliver.</summary>
    public static IReadOnlyDictionary<string, MessageAttribute> TooLargeReason { get; } = new Dictionary<string, MessageAttribute>
    {
        ["Archiver-Code"] = MessageAttribute.Text(ExitCode.NameOf(ExitCode.DataError)),
        ["Archiver-Exit-Code"] = new("Number", ExitCode.DataError.ToString(CultureInfo.InvariantCulture)),
        ["Archiver-Reason"] = MessageAttribute.Text(
            $"The body is larger than {QueueLimits.Sqs.MessageBytes} bytes; another program put it into the queue file."),
    };

    public static SqliteRow Read(SqliteDataReader row) => new()
    {
        Position = row.GetInt64(0),
        Id = row.GetValue(1) is string id && ReceiptHandle.IsMessageId(id) ? id : null,
        Receives = (int)Math.Clamp(StoredNumber.Read(row.GetValue(2)), 0, int.MaxValue - 1),
        SentAt = StoredNumber.ReadTime(row.GetValue(3)),
        GroupId = row.IsDBNull(4) ? null : StoredText.Read(row.GetValue(4)),
        Attributes = StoredAttributes.Read(row.GetValue(5)),
        Body = row.IsDBNull(6) ? null : StoredText.Read(row.GetValue(6)),
    };

    /// <summary>
    /// The message as its next receive returns it. Queues have no empty messages: an empty body becomes a blank, which can be rejected
    /// like any other text.
    /// </summary>
    public ReceivedMessage ToMessage(string id, string receiptHandle) => new()
    {
        MessageId = id,
        ReceiptHandle = receiptHandle,
        ReceiveCount = Receives + 1,
        SentAt = SentAt,
        GroupId = GroupId,
        Attributes = Attributes,
        Body = Body switch
        {
            null => "(a body that is too large for a message)",
            "" => " ",
            var text => text,
        },
    };
}
