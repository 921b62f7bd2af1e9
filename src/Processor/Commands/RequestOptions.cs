using System.CommandLine;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Programs.CommandLine;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Commands;

/// <summary>Options of the commands that read a request.</summary>
/// <param name="AipId">The identifier of the package; null to take it from the request.</param>
/// <param name="SentAt">When the request was sent; null: now.</param>
internal sealed record RequestOptions(string? AipId, DateTimeOffset? SentAt)
{
    private static readonly Option<string?> AipIdOption =
        ValueOption.AipId("Identifier of the package; must match the request's aipid, if it has one");
    private static readonly Option<DateTimeOffset?> SentAtOption = ValueOption.Create(
        "--sent-at", "When the request was sent; dates the archive if the request has no timestamp (default: now)",
        new SettingForm<DateTimeOffset?>("an ISO 8601 date and time", RequestReader.ParseTimestamp));

    public static IReadOnlyList<Option> All { get; } = [AipIdOption, SentAtOption];

    public static RequestOptions From(ParseResult parsed) => new(AipIdIn(parsed), parsed.GetValue(SentAtOption));

    public static string? AipIdIn(ParseResult parsed) => parsed.GetValue(AipIdOption);

    /// <summary>The identifier, from the command line, the request, or both if they agree.</summary>
    /// <exception cref="ArchiverException">Exit code 64: there is none, or the two differ.</exception>
    public string AipIdOf(ArchiveRequest request)
    {
        if (AipId is not null && request.AipId is not null && AipId != request.AipId)
            throw new ArchiverException(ExitCode.Usage, $"--aipid is \"{AipId}\", but the request's aipid is \"{request.AipId}\".");
        return AipId ?? request.AipId
            ?? throw new ArchiverException(ExitCode.Usage, "--aipid is missing, and the request has no aipid either.");
    }
}
