using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Processor.Stores.Folders;

/// <summary>Whether a folder can be used.</summary>
internal sealed class FolderCheck(string folder)
{
    public Task<string?> ReadableAsync() => GuardAsync("read", () =>
    {
        if (!Directory.Exists(folder))
            throw new ArchiverException(ExitCode.Config, $"The folder {folder} does not exist.");
        _ = Directory.EnumerateFileSystemEntries(folder).Any();
    });

    /// <summary>Writes a file and removes it: no mode or mount option says more. A folder that is not there yet must be one that can be made.</summary>
    public Task<string?> WritableAsync() => GuardAsync("written", () =>
    {
        using var trial = new FileStream(
            Path.Combine(NearestFolder(), $".archiver-check-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
    });

    private string NearestFolder()
    {
        var nearest = Path.GetFullPath(folder);
        while (!Path.Exists(nearest))
            nearest = Path.GetDirectoryName(nearest)!;
        return Directory.Exists(nearest) ? nearest : throw new ArchiverException(ExitCode.Config, $"{nearest} is not a folder, so {folder} cannot be made.");
    }

    // Off this thread: a network drive that hangs must not hang the program.
    private Task<string?> GuardAsync(string use, Action action) => Task.Run(string? () =>
    {
        try
        {
            action();
            return null;
        }
        catch (UnauthorizedAccessException error)
        {
            throw new ArchiverException(ExitCode.NoPermission, $"The folder {folder} may not be {use}: {error.Message}", error);
        }
        catch (IOException error)
        {
            throw new ArchiverException(ExitCode.Config, $"The folder {folder} cannot be {use}: {error.Message}", error);
        }
    });
}
