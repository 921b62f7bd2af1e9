using System.Globalization;
using System.Runtime.CompilerServices;
using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Processor.Stores.Folders;

/// <summary>Sources that are files. A file's size and time of modification stand for its version, as S3 has ETags.</summary>
public sealed class FolderSource : ISourceStore
{
    /// <inheritdoc />
    public Task<SourceObject?> FindAsync(ObjectAddress address, CancellationToken cancellationToken)
    {
        return Task.FromResult(Guard(address, () => Describe(address, new FileInfo(address.Key))));
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<SourceObject> ListAsync(ObjectAddress prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        if (!Directory.Exists(prefix.Key))
            yield break;
        foreach (var source in Guard(prefix, () => List(prefix.Key, cancellationToken)))
            yield return source;
    }

    /// <inheritdoc />
    public Task ReadAsync(SourceObject source, long offset, Memory<byte> target, CancellationToken cancellationToken)
    {
        Guard(source.Address, () => Read(source, offset, target.Span));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<Stream> OpenAsync(ObjectAddress address, CancellationToken cancellationToken) =>
        File.Exists(address.Key)
            ? Task.FromResult<Stream>(Guard(address, () => new FileStream(address.Key, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16)))
            : throw StoreErrors.Missing(address);

    // Described one by one: a FileInfo takes several times the memory of what is needed of it.
    private static List<SourceObject> List(string folder, CancellationToken cancellationToken)
    {
        var found = new List<SourceObject>();
        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", everything))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var address = new ObjectAddress(null, file.FullName);
            // A link to nothing is listed but cannot be archived: better refused than left out without a word.
            found.Add(Guard(address, () => Describe(address, file)) ?? throw StoreErrors.Missing(address));
        }
        found.Sort(static (a, b) => string.CompareOrdinal(a.Address.Key, b.Address.Key));
        return found;
    }

    private static bool Read(SourceObject source, long offset, Span<byte> target)
    {
        using var file = File.OpenHandle(source.Address.Key, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        for (var done = 0; done < target.Length;)
        {
            var read = RandomAccess.Read(file, target[done..], offset + done);
            if (read == 0)
                throw StoreErrors.Changed(source.Address, "it is shorter than it was");
            done += read;
        }
        // After the last byte: a file that changed since the plan must not be archived half old, half new.
        if (RandomAccess.GetLength(file) != source.Size || ETagOf(source.Size, File.GetLastWriteTimeUtc(file)) != source.ETag)
            throw StoreErrors.Changed(source.Address, "its size or time of modification");
        return true;
    }

    // The size and time of a link are its own: those of the file that it leads to count.
    private static SourceObject? Describe(ObjectAddress address, FileInfo file)
    {
        var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        return target is { Exists: true }
            ? new SourceObject(address, target.Length, ETagOf(target.Length, target.LastWriteTimeUtc), new DateTimeOffset(target.LastWriteTimeUtc).ToUnixTimeSeconds())
            : null;
    }

    private static string ETagOf(long size, DateTime modified) => string.Create(CultureInfo.InvariantCulture, $"{size:x}-{modified.Ticks:x}");

    private static T Guard<T>(ObjectAddress address, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (UnauthorizedAccessException error)
        {
            throw new ArchiverException(ExitCode.NoPermission, $"{address} may not be read: {error.Message}", error);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw StoreErrors.Changed(address, "it is gone");
        }
        catch (IOException error)
        {
            throw new ArchiverException(ExitCode.TempFail, $"{address} cannot be read: {error.Message}", error);
        }
    }
}
