using Archiver.Processor.Stores;
using Archiver.Programs.Settings;

namespace Archiver.Tests.Processor.Stores;

/// <summary>Where the contract tests get their sources from.</summary>
public abstract class SourceStoreLab : IAsyncDisposable
{
    /// <summary>Where the sources are, which is empty at first.</summary>
    internal abstract StoreLocation Location { get; }

    /// <summary>A location that does not exist.</summary>
    internal abstract StoreLocation Nowhere { get; }

    internal abstract ISourceStore Store { get; }

    /// <summary>Puts an object, replacing any that is there.</summary>
    public abstract Task PutAsync(string key, byte[] content);

    public abstract Task RemoveAsync(string key);

    public abstract ValueTask DisposeAsync();

    internal ObjectAddress Address(string key) => new(Location.Scheme, Location.Bucket, $"{Location.Path}/{key}");

    /// <summary>What to list for everything in a folder.</summary>
    internal ObjectAddress Folder(string name) => Address(Location.Scheme.PrefixOf(name));
}
