using System.Text.Json;
using Archiver.Tests.Support;

namespace Archiver.Tests.Conventions;

/// <summary>The processor knows nothing of queues, the poller nothing of S3: told by what was built, not by what was meant.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("src/Shared/Contract", "Archiver.Contract")]
    [InlineData("src/Shared/Queues", "Archiver.Queues", "Archiver.Contract")]
    [InlineData("src/Shared/Programs", "Archiver.Programs", "Archiver.Contract")]
    [InlineData("src/Processor", "archiver-processor", "Archiver.Contract", "Archiver.Programs")]
    [InlineData("src/Poller", "archiver-poller", "Archiver.Contract", "Archiver.Programs", "Archiver.Queues")]
    [InlineData("src/Cli", "archiver", "Archiver.Contract", "Archiver.Programs", "Archiver.Queues")]
    public void A_project_refers_to_no_other_than_it_may(string folder, string name, params string[] allowed) =>
        Assert.Equal(allowed.Order(), LibrariesOf(folder, name, "project").Where(library => library != name).Order());

    [Theory]
    [InlineData("src/Shared/Programs", "Archiver.Programs", "AWSSDK.", "Microsoft.Extensions.Hosting", "Microsoft.Data.Sqlite", "JsonSchema.Net", "CliWrap", "Spectre.Console")]
    [InlineData("src/Processor", "archiver-processor", "AWSSDK.SQS", "Microsoft.Extensions.Hosting", "Microsoft.Data.Sqlite", "JsonSchema.Net", "Newtonsoft.Json", "CliWrap", "Spectre.Console")]
    [InlineData("src/Poller", "archiver-poller", "AWSSDK.S3", "Spectre.Console")]
    [InlineData("src/Cli", "archiver", "AWSSDK.S3", "Microsoft.Extensions.Hosting", "JsonSchema.Net")]
    public void A_program_comes_without_what_it_has_no_use_for(string folder, string name, params string[] forbidden)
    {
        var packages = LibrariesOf(folder, name, "package").ToList();

        Assert.NotEmpty(packages);
        Assert.DoesNotContain(packages, package => forbidden.Any(prefix => package.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void The_messages_alone_need_no_package() => Assert.Empty(LibrariesOf("src/Shared/Contract", "Archiver.Contract", "package"));

    [Fact]
    public void Clients_need_the_packages_of_their_queues_and_no_others() =>
        Assert.All(
            LibrariesOf("src/Shared/Queues", "Archiver.Queues", "package"),
            static package => Assert.Matches(@"^(AWSSDK\.(Core|Extensions\.Numerics|SQS|SecurityToken)|System\.IO\.Hashing|Microsoft\.Data\.Sqlite(\.Core)?|SQLitePCLRaw\..*|SourceGear\.sqlite3)$", package));

    [Fact]
    public void There_is_no_general_zip_library() =>
        Assert.DoesNotContain(
            LibrariesOf("src/Processor", "archiver-processor", "package"),
            static package => package.Contains("zip", StringComparison.OrdinalIgnoreCase) || package.Contains("SharpCompress", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void An_idle_poller_does_not_spin()
    {
        using var config = JsonDocument.Parse(Repository.Read(Path.Combine("src/Poller/bin", Repository.Configuration, "net10.0/archiver-poller.runtimeconfig.json")));

        Assert.Equal(0, config.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties").GetProperty("System.Threading.ThreadPool.UnfairSemaphoreSpinLimit").GetInt32());
    }

    private static IEnumerable<string> LibrariesOf(string folder, string name, string type)
    {
        var path = Path.Combine(folder, "bin", Repository.Configuration, "net10.0", name + ".deps.json");
        using var dependencies = JsonDocument.Parse(Repository.Read(path));
        return [.. dependencies.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == type)
            .Select(static library => library.Name[..library.Name.IndexOf('/', StringComparison.Ordinal)])];
    }
}
