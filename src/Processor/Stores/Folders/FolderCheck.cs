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

    /// <summary>
    /// Writes a file and removes it, which proves more than any mode or mount option. If the folder does not exist yet, it must be
    /// possible to create it.
    /// </summary>
    public Task<string?> WritableAsync() => GuardAsync("written", () =>
    {
        var trial = Path.Combine(NearestFolder(), $".archiver-check-{Guid.NewGuid():N}");
        using var file = new FileStream(trial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
    });

    private string NearestFolder()
    {
        var nearest = Path.GetFullPath(folder);
        while (!Path.Exists(nearest))
            nearest = Path.GetDirectoryName(nearest)!;
        return Directory.Exists(nearest)
            ? nearest
            : throw new ArchiverException(ExitCode.Config, $"{nearest} is not a folder, so {folder} cannot be created.");
    }

    // On another thread: a network drive that hangs must not hang the program.
    private Task<string?> GuardAsync(string use, Action action) => Task.Run(string? () =>
    {
        try
        {
            action();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ArchiverException(
                error is UnauthorizedAccessException ? ExitCode.NoPermission : ExitCode.Config,
                $"The folder {folder} cannot be {use}: {error.Message}",
                error);
        }
    });
}
