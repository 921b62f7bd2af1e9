using System.Globalization;
using System.Text.Json.Nodes;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.Engine;

/// <summary>Sources and archives in one bucket, a proxy in front of it, and processors that work through the proxy.</summary>
public sealed class S3Workshop(S3Fixture s3, FaultProxy proxy, TestFolder folder) : IAsyncDisposable
{
    // The smallest budget there is, so that even small archives have several parts.
    private const string SmallestBudget = "--set=Processor:MemoryBudget=16MiB";

    public FaultProxy Proxy => proxy;

    /// <summary>What tells a program about this workshop.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(Endpoints.ProcessEnvironment)
    {
        ["AWS_ENDPOINT_URL_S3"] = proxy.Url.ToString(),
        ["S3_SOURCE_BUCKET"] = $"s3://{s3.Bucket}/sources",
        ["S3_DESTINATION_BUCKET"] = $"s3://{s3.Bucket}/archives",
    };

    public static async Task<S3Workshop> CreateAsync(S3Fixture s3, int seed = 1) => new(s3, await s3.StartProxyAsync(seed), new TestFolder());

    /// <summary>Puts sources below an AIP.</summary>
    /// <returns>Their contents by name.</returns>
    public Task<IReadOnlyDictionary<string, byte[]>> PutAipAsync(string aipId, int count, int size) => PutFilesAsync(aipId, [.. Enumerable.Repeat(size, count)]);

    /// <summary>Puts sources of these sizes below an AIP.</summary>
    /// <returns>Their contents by name.</returns>
    public async Task<IReadOnlyDictionary<string, byte[]>> PutFilesAsync(string aipId, params int[] sizes)
    {
        var contents = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        for (var i = 0; i < sizes.Length; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"file-{i:d4}.bin");
            contents[name] = Some.Bytes(sizes[i], i + 1);
            await s3.PutAsync($"sources/{aipId}/{name}", contents[name]);
        }
        return contents;
    }

    public ProgramUnderTest Start(string request, params string[] arguments) =>
        ProgramUnderTest.Start(Repository.Processor, [SmallestBudget, .. arguments], folder.Path, Settings, request);

    public async Task<ProgramEnd> RunAsync(string request, params string[] arguments)
    {
        await using var processor = Start(request, arguments);
        return await processor.WaitForExitAsync();
    }

    public static string Whole(string aipId) => new JsonObject { ["aipid"] = aipId, ["timestamp"] = "2024-05-30T12:00:00Z" }.ToJsonString();

    /// <summary>The archive that a result tells of.</summary>
    public async Task<byte[]> GetArchiveAsync(ProgramEnd end)
    {
        Assert.True(end.ExitCode == 0, $"ended with {end.ExitCode}: {end.Log.Text}");
        var uri = JsonNode.Parse(end.Output)!["archive"]!["uri"]!.GetValue<string>();
        return await s3.GetAsync(uri[$"s3://{s3.Bucket}/".Length..]);
    }

    public async Task<IReadOnlyList<string>> ListArchivesAsync() => [.. (await s3.ListAsync("archives/")).Select(static found => found.Key)];

    /// <summary>Every byte is right, and nothing is left of the way there.</summary>
    public async Task CheckAsync(ProgramEnd end, IReadOnlyDictionary<string, byte[]> contents)
    {
        var archive = await GetArchiveAsync(end);
        Assert.Equal(contents.Select(static file => (file.Key, ZipContent.Crc32Of(file.Value))), ZipContent.Read(archive).Select(static entry => (entry.Name, ZipContent.Crc32Of(entry.Content))));
        Assert.Equal(ZipContent.Crc32Of(archive), JsonNode.Parse(end.Output)!["archive"]!["crc"]?.GetValue<string>());
        Assert.Empty(await s3.ListUploadsAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        folder.Dispose();
    }
}
