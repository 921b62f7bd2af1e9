using System.Diagnostics.CodeAnalysis;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Queues.Local;
using Archiver.Queues.Memory;
using Archiver.Queues.Sqlite;
using Archiver.Queues.Sqs;

namespace Archiver.Queues;

/// <summary>
/// Opens a queue by its location: an SQS URL, a bare SQS queue name, <c>sqlite:path#name</c>, or <c>memory:name</c> for tests.
/// Queues in memory live as long as the factory; within one factory, the same name is the same queue.
/// </summary>
/// <param name="aws">How to reach SQS; null for the defaults of the AWS SDK.</param>
/// <param name="options">How to create queues on this machine; null for the defaults.</param>
/// <param name="clock">Clock for queues on this machine; null for the system clock.</param>
public sealed class QueueFactory(AwsConnection? aws = null, LocalQueueOptions? options = null, TimeProvider? clock = null)
{
    private readonly MemoryQueues _memory = new();
    private readonly AwsConnection _aws = aws ?? new AwsConnection();
    private readonly LocalQueueOptions _options = options ?? new LocalQueueOptions();
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>
    /// Opens a queue. For SQS this does not contact the server; for SQLite it creates the file and the queue if they are missing.
    /// </summary>
    /// <exception cref="ArchiverException">Exit code 78: the location is malformed, or the file cannot be written.</exception>
    public IMessageQueue Open(string location)
    {
        if (IsScheme(location, SqliteLocation.Scheme))
            return new SqliteMessageQueue(location, _options, _clock);
        if (IsScheme(location, MemoryMessageQueue.Scheme) && QueueName.IsValid(location[MemoryMessageQueue.Scheme.Length..]))
            return new MemoryMessageQueue(_memory, location[MemoryMessageQueue.Scheme.Length..], _options, _clock);
        if (QueueName.IsValid(location) || IsScheme(location, "http://") || IsScheme(location, "https://"))
            return new SqsMessageQueue(location, _aws, _clock);
        throw Unknown(location);
    }

    /// <summary>Like <see cref="Open"/>, but creates no file, for callers that look for messages.</summary>
    /// <exception cref="ArchiverException">Exit code 66: the queue's file does not exist; 78: see <see cref="Open"/>.</exception>
    internal IMessageQueue OpenExisting(string location, string setting) => MissingFile(location) is { } file
        ? throw new ArchiverException(
            ExitCode.NoInput, $"There is no queue file {file}. Is this the right folder? {setting} is {location}.")
        : Open(location);

    /// <summary>
    /// Where rejected requests go: the configured queue, else the one in the request queue's redrive policy; null: nowhere.
    /// </summary>
    /// <exception cref="ArchiverException">Exit code 69, 77 or 78: the request queue cannot be asked.</exception>
    internal static async Task<string?> FindDeadLetterAsync(
        IMessageQueue requests, string? configured, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(configured)
            ? (await requests.GetPropertiesAsync(cancellationToken).ConfigureAwait(false)).Redrive?.DeadLetterQueue
            : configured;

    /// <summary>The location with the full path of its file, if it has one, so that it does not depend on the working folder.</summary>
    /// <exception cref="ArchiverException">Exit code 78: the location is malformed.</exception>
    internal static string FullLocation(string location) =>
        IsScheme(location, SqliteLocation.Scheme) && SqliteLocation.Parse(location) is var found ? found.Of(found.Name) : location;

    /// <summary>
    /// The full path of a queue's file if it does not exist, so that opening the queue would create it; otherwise null.
    /// </summary>
    /// <exception cref="ArchiverException">Exit code 78: the location is malformed.</exception>
    internal static string? MissingFile(string location) =>
        IsScheme(location, SqliteLocation.Scheme) && SqliteLocation.Parse(location).Path is var path && !File.Exists(path) ? path : null;

    private static bool IsScheme([NotNull] string? location, string scheme)
    {
        ArgumentNullException.ThrowIfNull(location);
        return location.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);
    }

    private static ArchiverException Unknown(string location) => new(
        ExitCode.Config,
        $"\"{location}\" is not a queue location: use an SQS URL (https://sqs.eu-central-1.amazonaws.com/123456789012/name), "
        + $"an SQS queue name ({QueueName.Rule}), or sqlite:path#name.");
}
