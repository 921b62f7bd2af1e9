using Microsoft.Win32.SafeHandles;

namespace Archiver.Processor.Stores.Folders;

/// <summary>
/// A file that is being written under a name of its own. Whoever writes it holds a lock on it from its creation until it has its final name;
/// one that can be locked belongs to nobody any more.
/// </summary>
internal sealed record PartialFile(string Path, SafeFileHandle Handle)
{
    private const int Attempts = 10;

    /// <summary>Creates one. Between a file's creation and its lock somebody else may take it for abandoned: then it is another that is created.</summary>
    public static PartialFile Create(Func<string> nextPath, long length)
    {
        for (var attempt = 1; ; attempt++)
        {
            var path = nextPath();
            try
            {
                var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.None, length);
                if (File.Exists(path))
                    return new PartialFile(path, handle);
                handle.Dispose();
            }
            catch (IOException) when (attempt < Attempts)
            {
                // Taken before it was locked; who took it deletes it.
            }
        }
    }

    /// <summary>Deletes a file that nobody writes; while it is locked, so that nobody can begin to.</summary>
    public static void DeleteIfAbandoned(string path)
    {
        try
        {
            using var alone = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            File.Delete(path);
        }
        catch (IOException)
        {
            // Somebody writes it, or it has its final name by now.
        }
    }
}
