using System.CommandLine;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.CommandLine;
using Archiver.Contract.Messages;
using Archiver.Contract.Settings;

namespace Archiver.Processor;

/// <summary>The command line.</summary>
internal static class ProcessorCommand
{
    private static readonly Option<string?> AipIdOption = ValueOption.AipId("Identifier of the package; the payload's own, if it has one, must be the same");
    private static readonly Option<string?> ProfileOption = ValueOption.Create("--profile", "Configuration file: config/NAME.json (default: local)");
    private static readonly Option<string[]> SetOption = new("--set") { Description = "A setting, as Section:Name=value; may be repeated" };
    private static readonly Option<DateTimeOffset?> SentAtOption = ValueOption.Create(
        "--sent-at", "The time that stands in for a payload's missing timestamp (default: now)", new SettingForm<DateTimeOffset?>("an ISO 8601 date and time", RequestReader.ParseTimestamp));
    private static readonly Option<bool> PlanOption = new("--plan") { Description = "Move nothing: print what the archive would hold and cost" };
    private static readonly Option<bool> JsonOption = new("--json") { Description = "With --plan: print JSON, for programs" };
    private static readonly Option<bool> CheckOption = new("--check") { Description = "Only look whether source and destination can be used; reads no request" };

    public static Task<int> RunAsync(string[] args, StopSignals stop) => ProgramRun.RunAsync(Create(stop), args, static _ => null);

    public static RootCommand Create(StopSignals stop)
    {
        var root = new RootCommand(
            """
            Makes one archive: reads a request from standard input, stores a ZIP of the objects that it names, and writes one JSON result on standard output.

              archiver-processor --aipid=mds2909 < request.json
              echo '{"files":[{"source":"photos/1.jpg","destination":"album"}]}' | archiver-processor --aipid=demo --set Destination:Location=./out
              archiver-processor --check --profile aws
            """);
        foreach (var option in new Option[] { AipIdOption, ProfileOption, SetOption, SentAtOption, CheckOption, PlanOption, JsonOption })
            root.Options.Add(option);
        root.SetAction((parsed, _) => ProcessorRun.RunAsync(
            new ProcessorArguments(
                parsed.GetValue(AipIdOption), parsed.GetValue(ProfileOption), parsed.GetValue(SetOption) ?? [], parsed.GetValue(SentAtOption),
                parsed.GetValue(CheckOption), parsed.GetValue(PlanOption), parsed.GetValue(JsonOption)),
            stop));
        return root;
    }
}

/// <summary>What the command line said.</summary>
internal sealed record ProcessorArguments(
    string? AipId, string? Profile, IReadOnlyList<string> Overrides, DateTimeOffset? SentAt, bool Check, bool PlanOnly, bool Json)
{
    /// <summary>The identifier of a request: the command line's and the payload's must agree, and one of them must be there.</summary>
    public string AipIdOf(ArchiveRequest request)
    {
        if (AipId is not null && request.AipId is not null && AipId != request.AipId)
            throw new ArchiverException(ExitCode.Usage, $"--aipid is \"{AipId}\", but the request's aipid is \"{request.AipId}\".");
        return AipId ?? request.AipId ?? throw new ArchiverException(ExitCode.Usage, "--aipid is missing: the request names no AIP, so give it an identifier.");
    }
}
