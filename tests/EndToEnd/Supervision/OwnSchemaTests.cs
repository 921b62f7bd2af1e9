using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

/// <summary>A schema of the users' own in SCHEMA_FILE.</summary>
public sealed class OwnSchemaTests
{
    private const string RepositorySchema =
        """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "properties": {
            "action": { "type": "string", "enum": ["archive"] },
            "aipid": { "type": "string" },
            "filenames": { "type": "array", "items": { "type": "string" } },
            "timestamp": { "type": "string", "format": "date-time" },
            "priority": { "type": "string", "enum": ["low", "medium", "high"], "optional": true }
          },
          "required": ["action", "aipid", "filenames", "timestamp"]
        }
        """;

    [Fact]
    public async Task What_it_asks_for_is_asked_for()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        await site.Requests.SendAsync("""{"action":"archive","aipid":"proper","filenames":["a"],"timestamp":"2024-05-30T14:29:22+00:00"}""");
        await site.Requests.SendAsync("""{"action":"archive","aipid":"without-names","timestamp":"2024-05-30T14:29:22+00:00"}""");

        await using var poller = site.StartPollerOfDummies("--drain", ("SCHEMA_FILE", site.Folder.Put("schema.json", RepositorySchema)));

        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);
        Assert.Equal("proper", Assert.Single(await site.Completions.TakeAllAsync(), static message => message.Success).AipId);
        Assert.Contains("filenames", Assert.Single(await site.DeadLetters.TakeAllAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_would_not_be_enforced_is_refused_at_start()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        var schema = site.Folder.Put("schema.json", """{ "$schema": "http://json-schema.org/draft-06/schema#", "if": { "required": ["aipid"] }, "then": { "required": ["filenames"] } }""");
        await using var poller = site.StartPollerOfDummies("--drain", ("SCHEMA_FILE", schema));

        Assert.Equal(78, (await poller.WaitForExitAsync()).ExitCode);
        Assert.Contains("\"if\"", Assert.Single(poller.Log.Events).Text("Reason")!.Replace('\'', '"'), StringComparison.Ordinal);
    }
}
