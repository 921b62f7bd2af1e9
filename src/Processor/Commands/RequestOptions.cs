using System.CommandLine;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Programs.CommandLine;
using Archiver.Contract.Messages;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Commands;

/// <summary>Options of the commands that read a request.</summary>
/// <param name="AipId">The package; null: the one that the request names.</param>
/// <param name="SentAt">When the request was sent; null: now.</param>
internal sealed record RequestOptions(string? AipId, DateTimeOffset? SentAt)
{
    private static readonly Option<string?> AipIdOption = ValueOption.AipId("Identifier of the package; if the request names one too, it must be the same");
    private static readonly Option<DateTimeOffset?> SentAtOption = ValueOption.Create(
        "--sent-at", "When the request was sent, for a request without a timestamp (default: now)",
        new SettingForm<DateTimeOffset?>("an ISO 8601 date and time", RequestReader.ParseTimestamp));

    public static IReadOnlyList<Option> All { get; } = [AipIdOption, SentAtOption];

    public static RequestOptions From(ParseResult parsed) => new(AipIdIn(parsed), parsed.GetValue(SentAtOption));

    public static string? AipIdIn(ParseResult parsed) => parsed.GetValue(AipIdOption);

    /// <summary>The identifier of a request: the command line's and the request's must agree, and one of them must be there.</summary>
    public string AipIdOf(ArchiveRequest request)
    {
        if (AipId is not null && request.AipId is not null && AipId != request.AipId)
            throw new ArchiverException(ExitCode.Usage, $"--aipid is \"{AipId}\", but the request's aipid is \"{request.AipId}\".");
        return AipId ?? request.AipId ?? throw new ArchiverException(ExitCode.Usage, "--aipid is missing: the request names no AIP, so give it an identifier.");
    }
}
