using Archiver.Processor.Parts;
using Archiver.Processor.Stores;
using Archiver.Processor.Stores.Folders;
using Archiver.Processor.Stores.S3;
using Archiver.Processor.Stores.Schemes;
using Archiver.Programs.Settings;
using Archiver.Tests.Support;
using Serilog.Core;

namespace Archiver.Tests.Processor.Stores;

public sealed class StoreFactoryTests
{
    private static readonly AwsSettings Aws = new()
    {
        EndpointUrlS3 = "http://127.0.0.1:9",
        AccessKeyId = "some-key",
        SecretAccessKey = "some-secret",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/archives", typeof(FolderArchives))]
    [InlineData("some-bucket", typeof(S3Archives))]
    public void The_destination_s_scheme_decides_where_archives_go(string location, Type type)
    {
        var settings = Some.ArchiveSettings with { Destination = StoreLocation.TryParse(location)! };

        using var stores = new StoreFactory(settings, Aws, TimeProvider.System, Logger.None);

        Assert.IsType(type, stores.Archives());
    }

    [Fact]
    public async Task A_new_kind_of_store_is_found_by_its_scheme_alone()
    {
        var scheme = new MemoryScheme();
        var kept = new MemoryStores();
        using var stores = new StoreFactory(scheme, new Dictionary<StoreScheme, IStores> { [scheme] = kept });
        var address = new ObjectAddress(scheme, "shelf", "a.txt");
        kept.Memory.With(address, "content"u8.ToArray());

        Assert.Equal("memory:shelf:a.txt", (await stores.Sources().FindAsync(address, Token))!.Value.Address.ToString());
        Assert.Null(await stores.Sources().CheckAsync(new StoreLocation(scheme, "shelf", ""), Token));
        Assert.Same(kept.Archives, stores.Archives());
    }

    private sealed class MemoryStores : IStores
    {
        public MemorySource Memory { get; } = new();

        public ISourceStore Sources => Memory;

        public IArchiveStore Archives { get; } = new MemoryArchives(PartLimits.File);

        public void Dispose()
        {
        }
    }

    private sealed class MemoryScheme : StoreScheme
    {
        public override string Mark => "memory:";

        public override string ObjectForm => "memory:shelf:key";

        public override bool IsRemote => false;

        public override (string Bucket, string Key)? TryReadObject(string uri) => null;

        public override string UriOf(string bucket, string? key) => $"{Mark}{bucket}:{key}";

        public override bool IsBucketName(string bucket) => true;

        public override bool StaysBelow(string key) => true;

        public override string PrefixOf(string folder) => folder + "/";

        protected override StoreLocation? TryReadLocation(string text) => null;
    }
}
