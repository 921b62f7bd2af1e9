using Microsoft.Win32.SafeHandles;

namespace Archiver.Processor.Stores.Folders;

/// <summary>
/// A file that is being written under a temporary name. Its writer holds a lock on it from its creation until it has its final name, so a
/// file that can be locked is abandoned.
/// </summary>
internal sealed record PartialFile(string Path, SafeFileHandle Handle)
{
    private const int Attempts = 10;

    /// <summary>
    /// Creates a file. Between its creation and its lock, another process may consider it abandoned and delete it; then another one is
    /// created.
    /// </summary>
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
                // Another process locked it first, and deletes it.
            }
        }
    }

    /// <summary>Deletes a file that nobody is writing, while holding its lock so that nobody can start to.</summary>
    public static void DeleteIfAbandoned(string path)
    {
        try
        {
            using var alone = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            File.Delete(path);
        }
        catch (IOException)
        {
            // It is still being written, or has its final name by now.
        }
    }
}
