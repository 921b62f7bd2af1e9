using Archiver.Programs.Settings;

namespace Archiver.Processor.Stores.Folders;

/// <summary>The folders that the settings name.</summary>
internal sealed class FolderStores(ArchiveSettings settings) : IStores
{
    public ISourceStore Sources { get; } = new FolderSource(
        new[] { settings.Source }.Concat(settings.AllowedSources ?? [])
            .Where(static location => location.Scheme == StoreScheme.File).Select(static location => location.Path),
        settings.Links, settings.MaxEntries);

    public IArchiveStore Archives => new FolderArchives(settings.Destination.Path);

    public void Dispose()
    {
    }
}
